import { t } from '../text';
import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, concat, equal, fromBase64, fromHex, isHex, sha384, toHex, utf8 } from './bytes';
import { MAX_CCEL, parseCcel } from './ccel';
import { type Json, type JsonObject, isObject, parseJson } from './json';

const RUNTIME_EVENT = 0x08000001;
const MAX_EVENTS = 4096;
const MAX_TEXT = 1024 * 1024;
const MAX_U32 = 0xffffffff;
const DIGEST = 48;
const END_OF_BOOT = 'system-ready';
const FACTS = ['compose-hash', 'app-id', 'instance-id', 'key-provider', 'os-image-hash', 'rootfs-hash'];

/** One measured event; `register` is undefined where it extends none. */
export interface LoggedEvent {
  index: number;
  register: number | undefined;
  name: string;
  digest: Bytes;
  payload: Bytes;
  /** Whether the digest was computed here from name and payload, so that both are proven with it. */
  computed: boolean;
}

export interface EventLog {
  kind: 'dstack' | 'ccel';
  events: LoggedEvent[];
}

/** One event and what its register held before and after it. */
export interface ReplayStep {
  event: LoggedEvent;
  before: Bytes;
  after: Bytes;
}

/** What replaying a log comes to beside a quote's registers. */
export interface Replay {
  kind: EventLog['kind'];
  events: number;
  values: Bytes[];
  steps: ReplayStep[];
  registers: { register: number; outcome: 'equal' | 'different' | 'not_in_log'; equalAfter: number | undefined }[];
  /** Only if the log leads to the quote's registers. */
  facts: ReadonlyMap<string, Bytes>;
  proven: boolean;
  problem: { code: string; detail: string } | undefined;
}

/** The event log in what a KMS or a dstack agent answered, at the top or under `data`; undefined if there is none. */
export async function findEventLog(attestation: JsonObject): Promise<EventLog | undefined> {
  const found: EventLog[] = [];
  for (const place of [attestation, attestation.data]) {
    if (!isObject(place)) continue;
    for (const name of ['eventLog', 'event_log']) {
      const value = place[name];
      if (value === undefined || value === null) continue;
      found.push(await parseDstack(typeof value === 'string' ? parseJson(value, MAX_TEXT) : value));
    }
    for (const name of ['eventLogB64', 'event_log_b64']) {
      const value = place[name];
      if (value === undefined || value === null) continue;
      if (typeof value !== 'string') throw new MalformedError(malformed.eventLog.notText(name));
      found.push(parseCcel(fromBase64(value, MAX_CCEL)));
    }
  }
  const filled = found.filter((log) => log.events.length > 0);
  if (filled.length > 1) throw new MalformedError(malformed.eventLog.several);
  return filled[0];
}

export async function parseDstack(log: Json): Promise<EventLog> {
  if (!Array.isArray(log)) throw new MalformedError(malformed.eventLog.notList);
  if (log.length > MAX_EVENTS) throw new MalformedError(malformed.eventLog.tooMany(MAX_EVENTS));
  const events: LoggedEvent[] = [];
  for (const [index, entry] of log.entries()) {
    if (!isObject(entry)) throw new MalformedError(malformed.eventLog.eventNotObject(index));
    try {
      events.push(await readEvent(index, entry));
    } catch (e) {
      throw e instanceof MalformedError ? new MalformedError(malformed.eventLog.event(index, e.message)) : e;
    }
  }
  return { kind: 'dstack', events };
}

async function readEvent(index: number, entry: JsonObject): Promise<LoggedEvent> {
  const register = whole(entry.imr, 3, 'imr');
  const type = whole(either(entry, 'event_type', 'eventType'), MAX_U32, 'event_type');
  const name = text(entry.event, 'event');
  const carried = either(entry, 'event_payload', 'eventPayload');
  if (type === RUNTIME_EVENT) {
    const payload = payloadOf(text(carried, 'event_payload'));
    const digest = await computedDigest(entry, name, payload);
    return { index, register, name, digest, payload, computed: true };
  }
  if (register === 3) throw new MalformedError(malformed.eventLog.notRuntime);
  const digest = givenDigest(entry.digest);
  if (digest === undefined) throw new MalformedError(malformed.eventLog.noDigest);
  const payload = carried === undefined || carried === null ? new Uint8Array() : payloadOf(text(carried, 'event_payload'));
  return { index, register, name, digest, payload, computed: false };
}

/** Never the log's word: what it gives must be the same. */
async function computedDigest(entry: JsonObject, name: string, payload: Bytes): Promise<Bytes> {
  const content = contentOf(entry.version, name, payload);
  const digest = await sha384(content);
  const given = givenDigest(entry.digest);
  if (given !== undefined && !equal(given, digest)) throw new MalformedError(malformed.eventLog.otherDigest);
  const { preimage } = entry;
  if (preimage !== undefined && preimage !== null && !equal(fromHex(text(preimage, 'preimage')), content)) {
    throw new MalformedError(malformed.eventLog.otherPreimage);
  }
  return digest;
}

function contentOf(version: Json | undefined, name: string, payload: Bytes): Bytes {
  const number = version === undefined || version === null ? 1 : whole(version, 2, 'version');
  if (number === 1) {
    const type = new Uint8Array(4);
    new DataView(type.buffer).setUint32(0, RUNTIME_EVENT, true);
    return concat(type, utf8(`:${name}:`), payload);
  }
  if (number !== 2) throw new MalformedError(malformed.eventLog.version(number));
  // The canonical form of RFC 8785: names sorted, and texts as JSON.stringify writes them.
  return utf8(`{"name":${JSON.stringify(name)},"payload":"${toHex(payload)}","type":${RUNTIME_EVENT}}`);
}

function givenDigest(value: Json | undefined): Bytes | undefined {
  const digits = value === undefined || value === null ? '' : text(value, 'digest');
  if (digits === '') return undefined;
  if (digits.length > 2 * DIGEST) throw new MalformedError(malformed.eventLog.longDigest);
  return concat(fromHex(digits), new Uint8Array(DIGEST - digits.length / 2));
}

function payloadOf(carried: string): Bytes {
  return isHex(carried) ? fromHex(carried) : utf8(carried);
}

function whole(value: Json | undefined, max: number, name: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    throw new MalformedError(malformed.eventLog.noNumber(max, name));
  }
  return value;
}

function text(value: Json | undefined, name: string): string {
  if (typeof value !== 'string' || !value.isWellFormed()) throw new MalformedError(malformed.eventLog.noText(name));
  return value;
}

function either(entry: JsonObject, name: string, other: string): Json | undefined {
  if (name in entry && other in entry) throw new MalformedError(malformed.eventLog.both(name, other));
  return entry[name] ?? entry[other];
}

/** Replays a log from 48 zero bytes on, and holds the result to a quote's registers. */
export async function replay(log: EventLog, rtmr: readonly Bytes[]): Promise<Replay> {
  const values = rtmr.map((): Bytes => new Uint8Array(DIGEST));
  const steps: ReplayStep[] = [];
  for (const event of log.events) {
    if (event.register === undefined) continue;
    const before = values[event.register] as Bytes;
    const after = await sha384(concat(before, event.digest));
    values[event.register] = after;
    steps.push({ event, before, after });
  }
  const registers = rtmr.map((reported, register) => {
    const own = steps.filter((step) => step.event.register === register);
    const same = equal(values[register] as Bytes, reported);
    const outcome = same ? ('equal' as const) : own.length > 0 ? ('different' as const) : ('not_in_log' as const);
    const equalAfter = same ? undefined : own.findLast((step) => equal(step.after, reported))?.event.index;
    return { register, outcome, equalAfter };
  });
  const replayed = { kind: log.kind, events: log.events.length, values, steps, registers, facts: new Map<string, Bytes>() };
  const problem = judge(registers, log);
  if (problem !== undefined) return { ...replayed, proven: false, problem };
  try {
    return { ...replayed, facts: bootFacts(log), proven: true, problem: undefined };
  } catch (e) {
    if (!(e instanceof MalformedError)) throw e;
    return { ...replayed, proven: false, problem: { code: 'fact_malformed', detail: e.message } };
  }
}

function judge(registers: Replay['registers'], log: EventLog): Replay['problem'] {
  const different = registers.filter((one) => one.outcome === 'different');
  if (different.length > 0) {
    const names = different.map((one) => `RTMR${one.register}`).join(', ');
    const newer = different.find((one) => one.equalAfter !== undefined);
    const hint = newer?.equalAfter === undefined ? '' : t.found.logIsNewer(newer.equalAfter);
    return { code: 'register_differs', detail: t.found.logDiffers(names) + hint };
  }
  if (log.events.length === 0 || registers.every((one) => one.outcome !== 'equal')) {
    return { code: 'nothing_proven', detail: t.found.logProvesNothing };
  }
  return undefined;
}

/**
 * What a dstack guest measured of itself while it booted. After `system-ready` the app runs, and can measure what it
 * likes under any name.
 */
function bootFacts(log: EventLog): Map<string, Bytes> {
  const facts = new Map<string, Bytes>();
  for (const { register, computed, name, payload } of log.events) {
    if (register !== 3 || !computed) continue;
    if (name === END_OF_BOOT) break;
    if (name.includes(':')) throw new MalformedError(malformed.eventLog.ambiguous(name));
    if (!FACTS.includes(name)) continue;
    if (facts.has(name)) throw new MalformedError(malformed.eventLog.twice(name));
    facts.set(name, payload);
  }
  const compose = facts.get('compose-hash');
  if (compose !== undefined && compose.length !== 32) throw new MalformedError(malformed.eventLog.composeHash);
  return facts;
}

/** A payload as people read it: its text if it is printable, else hex. */
export function payloadText(payload: Bytes): { text: string; hex: boolean } {
  if (payload.length > 0 && payload.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return { text: String.fromCharCode(...payload.subarray(0, 4096)), hex: false };
  }
  return { text: toHex(payload), hex: true };
}
