import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, Reader, concat, sha256, toHex } from './bytes';
import { Der, OCTET_STRING, SEQUENCE } from './der';
import { type EcKey, type FulcioCertificate, ecdsa } from './fulcio';

/** The extension that holds timestamps: 1.3.6.1.4.1.11129.2.4.2. */
const TIMESTAMPS = '2b06010401d679020402';
const EXTENSIONS = 0xa3;
const MAX_TIMESTAMPS = 8;
/** Version 1; a certificate's timestamp. Then, after the time: the entry is a precertificate. */
const PREFIX = Uint8Array.of(0, 0);
const PRECERTIFICATE = Uint8Array.of(0, 1);
const SHA256_ECDSA = '0403';

/** A log and when it may be believed. */
export interface Log {
  /** SHA-256 over its key, in hex. */
  id: string;
  key: EcKey;
  from: number;
  until: number;
}

/** A log's promise to publish a certificate (RFC 6962, 3.2). */
interface Timestamp {
  log: string;
  time: Bytes;
  extensions: Bytes;
  signature: Bytes;
}

/**
 * Whether a log of certificates promised to publish a signer's certificate, so that whoever runs a repository can see
 * what was issued in its name. Every timestamp of a log that is known must be right, and there must be one.
 *
 * @param at in milliseconds: when the signature was made
 * @throws MalformedError saying what is wrong
 */
export async function requirePublished(certificate: FulcioCertificate, issuer: FulcioCertificate, logs: readonly Log[], at: number): Promise<void> {
  const value = certificate.extensions.get(TIMESTAMPS);
  if (value === undefined) throw new MalformedError(malformed.timestamps.none);
  const issuerKey = await sha256(issuer.keyInfo);
  const precertificate = precertificateOf(certificate);
  let published = false;
  for (const { log, time, extensions, signature } of timestamps(value)) {
    const known = logs.filter((one) => one.id === log);
    if (known.length === 0) continue;
    const valid = known.find((one) => one.from <= at && at <= one.until);
    const signed = concat(PREFIX, time, PRECERTIFICATE, issuerKey, size(precertificate, 3), precertificate, size(extensions, 2), extensions);
    if (valid === undefined || !(await ecdsa(valid.key, 'SHA-256', signed, signature))) {
      throw new MalformedError(malformed.timestamps.unsigned);
    }
    published = true;
  }
  if (!published) throw new MalformedError(malformed.timestamps.unpublished);
}

function timestamps(extension: Bytes): Timestamp[] {
  const all = new Reader(Der.only(extension, OCTET_STRING).content);
  const list = sized(all);
  end(all);
  const found: Timestamp[] = [];
  do {
    if (found.length === MAX_TIMESTAMPS) throw new MalformedError(malformed.timestamps.tooMany(MAX_TIMESTAMPS));
    found.push(timestamp(sized(list)));
  } while (list.remaining > 0);
  return found;
}

function timestamp(reader: Reader): Timestamp {
  if (reader.take(1, malformed.timestamps.version)[0] !== 0) throw new MalformedError(malformed.timestamps.otherVersion);
  const log = toHex(reader.take(32, malformed.timestamps.log));
  const time = reader.take(8, malformed.timestamps.time);
  const extensions = rest(sized(reader));
  if (toHex(reader.take(2, malformed.timestamps.algorithm)) !== SHA256_ECDSA) throw new MalformedError(malformed.timestamps.otherAlgorithm);
  const signature = rest(sized(reader));
  end(reader);
  return { log, time, extensions, signature };
}

/** What follows a size of two bytes, here big-endian. */
function sized(reader: Reader): Reader {
  const [high = 0, low = 0] = reader.take(2, malformed.timestamps.size);
  return reader.sub(high * 256 + low, malformed.timestamps.timestamp);
}

function rest(reader: Reader): Bytes {
  return reader.take(reader.remaining, malformed.timestamps.timestamp);
}

function end(reader: Reader): void {
  if (reader.remaining > 0) throw new MalformedError(malformed.timestamps.afterEnd);
}

/** What is signed of a certificate, without the extension that holds timestamps. */
function precertificateOf({ signed }: FulcioCertificate): Bytes {
  const kept: Bytes[] = [];
  const fields: Bytes[] = [];
  const tbs = new Der(Der.only(signed, SEQUENCE).content);
  while (tbs.hasNext()) {
    const { tag, content, whole } = tbs.next();
    if (tag !== EXTENSIONS) {
      fields.push(whole);
      continue;
    }
    const list = new Der(Der.only(content, SEQUENCE).content);
    while (list.hasNext()) {
      const extension = list.next(SEQUENCE);
      if (new Der(extension.content).oid() !== TIMESTAMPS) kept.push(extension.whole);
    }
    fields.push(element(EXTENSIONS, element(SEQUENCE, concat(...kept))));
  }
  return element(SEQUENCE, concat(...fields));
}

function element(tag: number, content: Bytes): Bytes {
  const { length } = content;
  const sizes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.of(tag, ...sizes), content);
}

function size({ length }: Bytes, octets: 2 | 3): Bytes {
  return Uint8Array.of(length >> 16, length >> 8, length).slice(3 - octets);
}
