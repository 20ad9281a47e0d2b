import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, Reader, equal, utf8 } from './bytes';
import type { EventLog, LoggedEvent } from './eventlog';

/** The largest table that is looked at. */
export const MAX_CCEL = 1024 * 1024;

const MAX_EVENTS = 4096;
const MAX_ALGORITHMS = 16;
const SHA384 = 0x000c;
const SHA384_SIZE = 48;
const NO_ACTION = 3;
const PADDING = [0, 0xffffffff];

/** Reads a crypto-agile TCG log (measurements.md, "CCEL"): a header in the old format, then TCG_PCR_EVENT2 records. */
export function parseCcel(table: Bytes): EventLog {
  const reader = new Reader(table);
  const sizes = readHeader(reader);
  const events: LoggedEvent[] = [];
  while (!atEnd(reader, table)) {
    if (events.length === MAX_EVENTS) throw new MalformedError(malformed.ccel.tooMany(MAX_EVENTS));
    events.push(readEvent(reader, sizes, events.length));
  }
  return { kind: 'ccel', events };
}

function readHeader(reader: Reader): Map<number, number> {
  reader.u32(malformed.ccel.headerRegister);
  if (reader.u32(malformed.ccel.headerType) !== NO_ACTION) throw new MalformedError(malformed.ccel.noHeader);
  reader.take(20, malformed.ccel.headerDigest);
  const body = reader.sub(reader.u32(malformed.ccel.headerSize), malformed.ccel.header);
  if (!equal(body.take(16, malformed.ccel.signature), utf8('Spec ID Event03\0'))) throw new MalformedError(malformed.ccel.none);
  body.take(8, malformed.ccel.headerVersion);
  const count = body.u32(malformed.ccel.algorithmCount);
  if (count > MAX_ALGORITHMS) throw new MalformedError(malformed.ccel.algorithms(count));
  const sizes = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const algorithm = body.u16(malformed.ccel.algorithm);
    if (sizes.has(algorithm)) throw new MalformedError(malformed.ccel.algorithmTwice);
    sizes.set(algorithm, body.u16(malformed.ccel.digestSize));
  }
  if (sizes.get(SHA384) !== SHA384_SIZE) throw new MalformedError(malformed.ccel.noSha384);
  return sizes;
}

/** The end of the table, or memory after the last event that nothing was written to. */
function atEnd(reader: Reader, table: Bytes): boolean {
  const left = table.subarray(reader.offset);
  if (left.length < 8) return left.every((byte) => byte === 0 || byte === 0xff);
  return PADDING.includes(new DataView(left.buffer, left.byteOffset, 8).getUint32(4, true));
}

function readEvent(reader: Reader, sizes: Map<number, number>, index: number): LoggedEvent {
  const measured = reader.u32(malformed.ccel.register);
  const type = reader.u32(malformed.ccel.type);
  const extending = type !== NO_ACTION;
  if (extending && measured > 4) throw new MalformedError(malformed.ccel.otherRegister(index, measured));
  const digest = readDigest(reader, sizes, index);
  if (extending && digest === undefined) throw new MalformedError(malformed.ccel.noDigest(index));
  const payload = reader.take(reader.u32(malformed.ccel.eventSize), malformed.ccel.event);
  return {
    index,
    register: extending && measured > 0 ? measured - 1 : undefined,
    name: '',
    digest: digest ?? new Uint8Array(SHA384_SIZE),
    payload,
    computed: false,
  };
}

function readDigest(reader: Reader, sizes: Map<number, number>, index: number): Bytes | undefined {
  const count = reader.u32(malformed.ccel.digestCount);
  if (count > sizes.size) throw new MalformedError(malformed.ccel.digests(index, count));
  let found: Bytes | undefined;
  for (let i = 0; i < count; i++) {
    const algorithm = reader.u16(malformed.ccel.digestAlgorithm);
    const size = sizes.get(algorithm);
    if (size === undefined || (algorithm === SHA384 && found !== undefined)) {
      throw new MalformedError(malformed.ccel.otherDigest(index, algorithm));
    }
    const digest = reader.take(size, malformed.ccel.digest);
    if (algorithm === SHA384) found = digest;
  }
  return found;
}
