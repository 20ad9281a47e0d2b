import { type Bytes, MalformedError, toHex } from './bytes';
import { Fields, type JsonObject, isObject } from './json';
import type { TdReport } from './quote';

export type Role = 'kms' | 'node';
export const REGISTERS = ['mrtd', 'rtmr0', 'rtmr1', 'rtmr2', 'rtmr3'] as const;
export type RegisterName = (typeof REGISTERS)[number];

/** What a release accepts of a machine in one role and profile. */
export interface Expected {
  registers: Record<RegisterName, string[]>;
  tcbStatuses: string[];
  composeHashes: string[];
}

export interface RegisterResult {
  name: RegisterName;
  value: string;
  allowed: string[];
  match: boolean;
}

const MEASUREMENT = /^[0-9a-f]{96}$/;

/** Reads an attestation policy for KMSs (policy-and-releases.md); lists without a prefix are older files'. */
export function kmsPolicy(document: JsonObject): Expected {
  return lists(Fields.of(document.policy, '"policy"'), 'kms_allowed_');
}

/** Reads one profile of published-mrtds.json. */
export function nodePolicy(document: JsonObject, profile: string): Expected {
  const profiles = document.profiles;
  if (!isObject(profiles)) throw new MalformedError('no "profiles"');
  return lists(Fields.of(profiles[profile], `profile ${profile}`), 'allowed_');
}

function lists(policy: Fields, prefix: string): Expected {
  const list = (name: string) => {
    const own = prefix + name;
    const texts = policy.has(own) ? policy.texts(own) : policy.texts(`allowed_${name}`);
    return texts.map((text) => text.toLowerCase());
  };
  const registers = {} as Record<RegisterName, string[]>;
  for (const name of REGISTERS) {
    registers[name] = list(name);
    if (!registers[name].every((value) => MEASUREMENT.test(value))) {
      throw new MalformedError(`a measurement of ${name} that is not 48 bytes of hex`);
    }
  }
  const statuses = list('tcb_statuses');
  return { registers, tcbStatuses: statuses.length > 0 ? statuses : ['uptodate'], composeHashes: list('event_payload') };
}

export function registerValues(report: TdReport): Record<RegisterName, string> {
  const [rtmr0, rtmr1, rtmr2, rtmr3] = report.rtmr.map((value: Bytes) => toHex(value)) as [string, string, string, string];
  return { mrtd: toHex(report.mrtd), rtmr0, rtmr1, rtmr2, rtmr3 };
}

/** All five, always: one alone tells profiles apart no more than firmware does. An empty list matches nothing. */
export function compareRegisters(values: Record<RegisterName, string>, expected: Expected): RegisterResult[] {
  return REGISTERS.map((name) => {
    const allowed = expected.registers[name];
    return { name, value: values[name], allowed, match: allowed.includes(values[name]) };
  });
}
