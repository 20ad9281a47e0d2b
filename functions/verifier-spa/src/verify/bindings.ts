import { type Bytes, MalformedError, concat, equal, fromBase64, fromHex, sha256, toHex, utf8 } from './bytes';
import { type Json, type JsonObject, isObject } from './json';

const SIZE = 32;
const NODE_DOMAIN = 'calimero.tee-attest.transport-key.v1';
const KMS_DOMAIN = 'mero-kms/attest-transport-key/v1';
const KMS_DEFAULTS = ['mero-kms-phala-attest-v1', 'mero-kms-attest-v1'];

/** Whether a transport key that came beside a quote is the one that the quote is bound to. */
export type TransportBinding =
  | { state: 'none' }
  | { state: 'bound'; key: string; of: 'node' | 'kms' }
  | { state: 'not_bound'; key: string };

/** A field of an answer, at the top or under `data`; null is none. */
export function field(attestation: JsonObject, name: string): Json | undefined {
  for (const place of [attestation, attestation.data]) {
    if (isObject(place) && place[name] !== undefined && place[name] !== null) return place[name];
  }
  return undefined;
}

/** Judges it by the second half of report data (measurements.md, "Node's own API"; kms-protocol.md, "/attest"). */
export async function transportBinding(attestation: JsonObject, reportData: Bytes): Promise<TransportBinding> {
  const bound = reportData.subarray(SIZE);
  const node = field(attestation, 'transportPublicKey');
  const kms = field(attestation, 'transportPublicKeyB64');
  // A quote is bound to one of them at most.
  if (node !== undefined && kms !== undefined) return { state: 'not_bound', key: String(node).slice(0, 80) };
  if (node !== undefined) {
    const key = bytes(node, (text) => fromHex(text, SIZE));
    if (key === undefined) return { state: 'not_bound', key: String(node).slice(0, 80) };
    const expected = await sha256(concat(utf8(NODE_DOMAIN), new Uint8Array(SIZE), key));
    return equal(expected, bound) ? { state: 'bound', key: toHex(key), of: 'node' } : { state: 'not_bound', key: toHex(key) };
  }
  if (kms === undefined) return { state: 'none' };
  const key = bytes(kms, (text) => fromBase64(text, SIZE));
  if (key?.length !== SIZE) return { state: 'not_bound', key: String(kms).slice(0, 80) };
  for (const name of KMS_DEFAULTS) {
    const expected = await sha256(concat(utf8(KMS_DOMAIN), await sha256(utf8(name)), key));
    if (equal(expected, bound)) return { state: 'bound', key: toHex(key), of: 'kms' };
  }
  return { state: 'not_bound', key: toHex(key) };
}

function bytes(value: Json, read: (text: string) => Bytes): Bytes | undefined {
  try {
    return typeof value === 'string' ? read(value) : undefined;
  } catch (e) {
    if (e instanceof MalformedError) return undefined;
    throw e;
  }
}
