import { forms } from '../text/forms';
import { type Bytes, MalformedError, concat, fromHex } from './bytes';
import { Der, SEQUENCE } from './der';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const WITH_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
const UNCOMPRESSED = fromHex('04');
const SIZE = 32;

/**
 * Whether ECDSA with SHA-256 holds.
 *
 * @param point x and y, 64 bytes
 * @param signature r and s, 64 bytes
 */
export async function verifies(point: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (point.length !== 2 * SIZE || signature.length !== 2 * SIZE) return false;
  try {
    const key = await crypto.subtle.importKey('raw', concat(UNCOMPRESSED, point), ECDSA, false, ['verify']);
    return await crypto.subtle.verify(WITH_SHA256, key, signature, message);
  } catch {
    return false; // not a point of the curve
  }
}

/** Makes r and s, 64 bytes, of a signature in DER. */
export function fromDer(der: Bytes): Bytes {
  const pair = new Der(Der.only(der, SEQUENCE).content);
  const signature = concat(padded(pair.unsigned(SIZE)), padded(pair.unsigned(SIZE)));
  pair.end();
  return signature;
}

function padded(hex: string): Bytes {
  if (hex.length > 2 * SIZE) throw new MalformedError(forms.certificate.signatureNumber);
  return fromHex(hex.padStart(2 * SIZE, '0'));
}
