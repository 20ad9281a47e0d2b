import { forms } from '../text/forms';
import { type Bytes, MalformedError } from './bytes';
import { BIT_STRING, BOOLEAN, Der, OCTET_STRING, SEQUENCE } from './der';

export const BASIC_CONSTRAINTS = '551d13';
export const KEY_USAGE = '551d0f';

/** Extensions of a certificate or CRL by their OID (RFC 5280, 4.2). */
export type Extensions = ReadonlyMap<string, Bytes>;

/** Reads them: one that is critical and not known could change what a certificate means. */
export function readExtensions(list: Der, known: ReadonlySet<string>): Extensions {
  const extensions = new Map<string, Bytes>();
  while (list.hasNext()) {
    const entry = list.inside(SEQUENCE);
    const oid = entry.oid();
    const critical = entry.nextIs(BOOLEAN) && entry.next(BOOLEAN).content[0] !== 0;
    if (critical && !known.has(oid)) throw new MalformedError(forms.certificate.criticalExtension);
    if (extensions.has(oid)) throw new MalformedError(forms.certificate.extensionTwice);
    extensions.set(oid, entry.next(OCTET_STRING).content);
    entry.end();
  }
  return extensions;
}

export function isAuthority(extensions: Extensions): boolean {
  const value = extensions.get(BASIC_CONSTRAINTS);
  if (value === undefined) return false;
  const fields = new Der(Der.only(value, SEQUENCE).content);
  return fields.nextIs(BOOLEAN) && fields.next(BOOLEAN).content[0] === 0xff;
}

/** How many authorities may be below that one; undefined where nothing is said of it. */
export function pathLength(extensions: Extensions): number | undefined {
  const value = extensions.get(BASIC_CONSTRAINTS);
  if (value === undefined) return undefined;
  const fields = new Der(Der.only(value, SEQUENCE).content);
  if (fields.nextIs(BOOLEAN)) fields.next(BOOLEAN);
  return fields.hasNext() ? Number.parseInt(fields.unsigned(1) || '0', 16) : undefined;
}

/** Whether key usage names that use, by its bit; undefined where nothing is said of uses. */
export function namesUse(extensions: Extensions, bit: number): boolean | undefined {
  const value = extensions.get(KEY_USAGE);
  if (value === undefined) return undefined;
  const bits = Der.only(value, BIT_STRING).content;
  return (((bits[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
}
