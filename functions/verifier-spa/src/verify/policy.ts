import { malformed } from '../text/malformed';
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

/** The profile without logins; the operator of a machine in any other can read all that is in it. */
export const PRODUCTION = 'locked-read-only';

const MEASUREMENT = /^[0-9a-f]{96}$/;
const LEGACY = 'kms-phala-attestation-policy.json';
/** Releases 2.1.x had their policies approved by people. */
const USABLE = ['approved', 'released'];

/** Which policy was asked for. */
export interface Wanted {
  version: string;
  profile: string;
  /** The file that it is in: that of releases without profiles may be silent about role and profile. */
  asset: string;
}

/**
 * Reads an attestation policy for KMSs (policy-and-releases.md, "Attestation policy"), if it is the one that was asked
 * for: its signature says who made it, not that it is of that release. Lists without a prefix are older files'.
 */
export function kmsPolicy(document: JsonObject, { version, profile, asset }: Wanted): Expected {
  const { schema_version, status } = document;
  if (schema_version !== undefined && schema_version !== 1 && schema_version !== 2) throw new MalformedError(malformed.release.schema);
  if (status !== undefined && !USABLE.includes(String(status).toLowerCase())) throw new MalformedError(malformed.release.status(String(status)));
  const { tag = document.release_tag, release_tag = tag } = document;
  if (tag !== version || release_tag !== version) throw new MalformedError(malformed.release.ofAnother(String(tag), version));
  const silent = asset === LEGACY && profile === PRODUCTION;
  for (const [name, wanted] of [['role', 'kms'], ['profile', profile]] as const) {
    const said = document[name];
    if (said !== wanted && !(said === undefined && silent)) throw new MalformedError(malformed.release.other(name, String(said), wanted));
  }
  return lists(Fields.of(document.policy, '"policy"'), 'kms_allowed_');
}

/** Reads one profile of published-mrtds.json. */
export function nodePolicy(document: JsonObject, profile: string): Expected {
  const profiles = document.profiles;
  if (!isObject(profiles)) throw new MalformedError(malformed.release.noProfiles);
  return lists(Fields.of(profiles[profile], malformed.release.profile(profile)), 'allowed_');
}

function lists(policy: Fields, prefix: string): Expected {
  const named = (name: string) => [prefix + name, `allowed_${name}`].find((one) => policy.has(one));
  const list = (name: string) => {
    const found = named(name);
    return found === undefined ? [] : policy.texts(found).map((text) => text.toLowerCase());
  };
  const registers = {} as Record<RegisterName, string[]>;
  for (const name of REGISTERS) {
    registers[name] = list(name);
    if (!registers[name].every((value) => MEASUREMENT.test(value))) {
      throw new MalformedError(malformed.release.measurement(name));
    }
  }
  const tcbStatuses = named('tcb_statuses') === undefined ? ['uptodate'] : list('tcb_statuses');
  return { registers, tcbStatuses, composeHashes: list('event_payload') };
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
