import { describe, expect, it } from 'vitest';
import { type Bytes, fromHex, toHex } from '../src/verify/bytes';
import { parseCcel } from '../src/verify/ccel';
import { type EventLog, parseDstack, replay } from '../src/verify/eventlog';
import type { Json } from '../src/verify/json';
import { parseQuote } from '../src/verify/quote';
import { bytesOf, hasCorpus, jsonOf } from './corpus';

const ZEROS = Array.from({ length: 4 }, (): Bytes => new Uint8Array(48));
const event = (name: string, payload: string, more: object = {}): Json => ({
  imr: 3,
  event_type: 134217729,
  digest: '',
  event: name,
  event_payload: payload,
  ...more,
});

async function rtmr3(log: EventLog): Promise<string> {
  return toHex((await replay(log, ZEROS)).values[3] as Bytes);
}

describe('a dstack log', () => {
  it('is replayed from zero, and proven by the register it leads to', async () => {
    const log = await parseDstack([event('app-id', 'aa'), event('compose-hash', 'bb'.repeat(32)), event('system-ready', '')]);
    const register = fromHex(await rtmr3(log));
    const found = await replay(log, [...ZEROS.slice(0, 3), register]);
    expect(found.proven).toBe(true);
    expect(toHex(found.facts.get('compose-hash') as Bytes)).toBe('bb'.repeat(32));
    expect(found.steps.map((step) => step.event.name)).toEqual(['app-id', 'compose-hash', 'system-ready']);
  });

  it('is not believed if it leads elsewhere, and says where it left', async () => {
    const short = await parseDstack([event('app-id', 'aa')]);
    const long = await parseDstack([event('app-id', 'aa'), event('compose-hash', 'bb'.repeat(32))]);
    const found = await replay(long, [...ZEROS.slice(0, 3), fromHex(await rtmr3(short))]);
    expect(found.proven).toBe(false);
    expect(found.problem).toMatchObject({ code: 'register_differs' });
    expect(found.registers[3]?.equalAfter).toBe(0);
    expect(found.facts.size).toBe(0);
  });

  it.each<[string, Json]>([
    ['another digest', event('app-id', 'aa', { digest: '00'.repeat(48) })],
    ['another preimage', event('app-id', 'aa', { version: 2, preimage: '7b7d' })],
    ['an unknown version', event('app-id', 'aa', { version: 3 })],
    ['a register too many', event('app-id', 'aa', { imr: 4 })],
    ['two spellings', event('app-id', 'aa', { eventPayload: 'aa' })],
    ['no run-time event in RTMR3', event('app-id', 'aa', { event_type: 1, digest: '00'.repeat(48) })],
    ['half a character', event('\ud800', 'aa')],
  ])('with %s is refused', async (_, entry) => {
    await expect(parseDstack([entry])).rejects.toThrow();
  });

  it('whose boot says a fact twice, or a name that can be read in two ways, proves no fact', async () => {
    for (const entries of [[event('compose-hash', 'bb'.repeat(32)), event('compose-hash', 'cc'.repeat(32))], [event('compose-hash:', 'bb')]]) {
      const log = await parseDstack(entries);
      const found = await replay(log, [...ZEROS.slice(0, 3), fromHex(await rtmr3(log))]);
      expect(found.problem?.code).toBe('fact_malformed');
      expect(found.proven).toBe(false);
    }
  });
});

interface Expected {
  event_logs: { file: string; rtmr_replay: Record<string, string>; quotes_matching_all_four_rtmrs: string[] }[];
  ccel: { file: string; rtmr_replay?: Record<string, string> }[];
}

describe.runIf(hasCorpus('replay of real event logs'))('real event logs', () => {
  const expected = jsonOf<Expected>('EXPECTED.json');

  it('of dstack lead where they must, and to the quotes that they belong to', async () => {
    let proven = 0;
    for (const { file, rtmr_replay, quotes_matching_all_four_rtmrs } of expected.event_logs) {
      const raw = jsonOf<Json>(file);
      const found = await replay(await parseDstack(raw), ZEROS);
      found.values.forEach((value, i) => expect(toHex(value), file).toBe(rtmr_replay[`rtmr${i}`]));
      for (const quote of quotes_matching_all_four_rtmrs) {
        const real = await replay(await parseDstack(raw), parseQuote(bytesOf(quote)).report.rtmr);
        expect(real.registers.every((one) => one.outcome === 'equal')).toBe(true);
        proven++;
      }
    }
    expect(proven).toBeGreaterThan(0);
  });

  it('of firmware lead where they must', async () => {
    let read = 0;
    for (const { file, rtmr_replay } of expected.ccel) {
      if (rtmr_replay === undefined) continue;
      const found = await replay(parseCcel(bytesOf(file)), ZEROS);
      found.values.forEach((value, i) => expect(toHex(value), file).toBe(rtmr_replay[`rtmr${i}`]));
      read++;
    }
    expect(read).toBeGreaterThan(3);
  });
});
