import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, concat, fromHex, fromPem } from './bytes';
import { Der, type Element, SEQUENCE } from './der';
import { BASIC_CONSTRAINTS, type Extensions, KEY_USAGE, readExtensions } from './extensions';

const CURVES: Record<string, { name: 'P-256' | 'P-384'; size: number }> = {
  '2a8648ce3d030107': { name: 'P-256', size: 32 },
  '2b81040022': { name: 'P-384', size: 48 },
};
const HASHES: Record<string, 'SHA-256' | 'SHA-384'> = {
  '2a8648ce3d040302': 'SHA-256',
  '2a8648ce3d040303': 'SHA-384',
};
const EC_PUBLIC_KEY = '2a8648ce3d0201';
const PURPOSES = '551d25';
const ALTERNATIVE_NAME = '551d11';
const KNOWN = new Set([BASIC_CONSTRAINTS, KEY_USAGE, PURPOSES, ALTERNATIVE_NAME]);
/** So that the length of all that is in one has two bytes. */
const MAX_CERTIFICATE = 64 * 1024 - 1;

/** A public key of one of the two curves that Sigstore's services use. */
export interface EcKey {
  curve: { name: 'P-256' | 'P-384'; size: number };
  point: Bytes;
}

/** A certificate of Sigstore's infrastructure (RFC 5280). Nothing in it is proven by being read. */
export interface FulcioCertificate {
  der: Bytes;
  signed: Bytes;
  hash: 'SHA-256' | 'SHA-384';
  signature: Bytes;
  issuer: Bytes;
  subject: Bytes;
  from: number;
  until: number;
  key: EcKey;
  /** Its key as SubjectPublicKeyInfo, DER. */
  keyInfo: Bytes;
  extensions: Extensions;
}

export function parseFulcio(der: Bytes): FulcioCertificate {
  if (der.length > MAX_CERTIFICATE) throw new MalformedError(malformed.sigstore.certificateTooLarge(MAX_CERTIFICATE));
  const outer = new Der(Der.only(der, SEQUENCE).content);
  const tbs = outer.next(SEQUENCE);
  const hash = hashOf(outer);
  const signature = outer.bits();
  outer.end();
  const fields = new Der(tbs.content);
  if (fields.inside(0xa0).unsigned(1) !== '02') throw new MalformedError(malformed.sigstore.certificateVersion);
  fields.unsigned(20);
  if (hashOf(fields) !== hash) throw new MalformedError(malformed.sigstore.twoAlgorithms);
  const issuer = fields.next(SEQUENCE).whole;
  const validity = fields.inside(SEQUENCE);
  const [from, until] = [validity.time(), validity.time()];
  const subject = fields.next(SEQUENCE).whole;
  const info = fields.next(SEQUENCE);
  const extensions = readExtensions(fields.inside(0xa3).inside(SEQUENCE), KNOWN);
  fields.end();
  return { der, signed: tbs.whole, hash, signature, issuer, subject, from, until, key: parseKey(info), keyInfo: info.whole, extensions };
}

/** A SubjectPublicKeyInfo. */
export function parseKey(info: Element): EcKey {
  const fields = new Der(info.content);
  const algorithm = fields.inside(SEQUENCE);
  const curve = algorithm.oid() === EC_PUBLIC_KEY ? CURVES[algorithm.oid()] : undefined;
  const point = fields.bits();
  if (curve === undefined || point.length !== 1 + 2 * curve.size || point[0] !== 4) {
    throw new MalformedError(malformed.sigstore.otherKey);
  }
  return { curve, point };
}

/** The one certificate of a PEM text. */
export function derOfPem(pem: string): Bytes {
  const match = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(pem);
  if (match === null) throw new MalformedError(malformed.sigstore.notOnePem);
  return fromPem(match[1] as string, MAX_CERTIFICATE);
}

export async function ecdsa(key: EcKey, hash: 'SHA-256' | 'SHA-384', message: Bytes, der: Bytes): Promise<boolean> {
  try {
    const pair = new Der(Der.only(der, SEQUENCE).content);
    const half = () => fromHex(pair.unsigned(key.curve.size).padStart(2 * key.curve.size, '0'), key.curve.size);
    const signature = concat(half(), half());
    pair.end();
    const algorithm = { name: 'ECDSA', namedCurve: key.curve.name };
    const imported = await crypto.subtle.importKey('raw', key.point, algorithm, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash }, imported, signature, message);
  } catch {
    return false; // not a signature, or not a point of the curve
  }
}

/** The purposes in extended key usage; none if it is not there. */
export function purposes({ extensions }: FulcioCertificate): string[] {
  const value = extensions.get(PURPOSES);
  if (value === undefined) return [];
  const list = new Der(Der.only(value, SEQUENCE).content);
  const all: string[] = [];
  while (list.hasNext()) all.push(list.oid());
  return all;
}

function hashOf(der: Der): 'SHA-256' | 'SHA-384' {
  const hash = HASHES[der.inside(SEQUENCE).oid()];
  if (hash === undefined) throw new MalformedError(malformed.sigstore.otherAlgorithm);
  return hash;
}
