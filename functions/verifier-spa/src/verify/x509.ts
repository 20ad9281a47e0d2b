import { forms } from '../text/forms';
import { type Bytes, MalformedError, equal, fromPem, toHex } from './bytes';
import { Der, ENUMERATED, INTEGER, SEQUENCE, SET, unsigned } from './der';
import { BASIC_CONSTRAINTS, type Extensions, KEY_USAGE, isAuthority, namesUse, readExtensions } from './extensions';
import { fromDer, verifies } from './p256';

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const EC_PUBLIC_KEY = '2a8648ce3d0201';
const PRIME256V1 = '2a8648ce3d030107';
const COMMON_NAME = '550403';
const CRL_NUMBER = '551d14';
const AUTHORITY_KEY_IDENTIFIER = '551d23';
const REASON_CODE = '551d15';
const MAX_PEM = 64 * 1024;
const MAX_CRL = 1024 * 1024;
const MAX_SERIAL = 20;
const DIGITAL_SIGNATURE = 0;
const CERT_SIGN = 5;
const CRL_SIGN = 6;

/** From when until when, in milliseconds, both included. */
export interface Validity {
  from: number;
  until: number;
}

/** An X.509 certificate as Intel's PKI has them (RFC 5280). Nothing in it is proven by being read. */
export interface Certificate {
  der: Bytes;
  signed: Bytes;
  signature: Bytes;
  serial: string;
  issuer: Bytes;
  subject: Bytes;
  commonName: string;
  organization: string;
  validity: Validity;
  point: Bytes;
  extensions: Extensions;
  isAuthority: boolean;
  maySign: boolean;
  maySignCertificates: boolean;
  maySignCrls: boolean;
}

/** A list of revoked certificates, version 2. Nothing in it is proven by being read. */
export interface Crl {
  signed: Bytes;
  signature: Bytes;
  issuer: Bytes;
  validity: Validity;
  revoked: ReadonlySet<string>;
}

export function parseCertificate(der: Bytes): Certificate {
  const outer = new Der(Der.only(der, SEQUENCE).content);
  const tbs = outer.next(SEQUENCE);
  requireAlgorithm(outer);
  const signature = fromDer(outer.bits());
  outer.end();
  const fields = new Der(tbs.content);
  const version = fields.inside(0xa0);
  if (version.unsigned(1) !== '02') throw new MalformedError(forms.certificate.version);
  version.end();
  const serial = fields.unsigned(MAX_SERIAL);
  requireAlgorithm(fields);
  const issuer = fields.next(SEQUENCE).whole;
  const validity = readValidity(fields.inside(SEQUENCE));
  const subject = fields.next(SEQUENCE);
  const point = readKey(fields.inside(SEQUENCE));
  const wrapped = fields.inside(0xa3);
  const extensions = readExtensions(wrapped.inside(SEQUENCE), new Set([BASIC_CONSTRAINTS, KEY_USAGE]));
  wrapped.end();
  fields.end();
  // Without the extension every use is allowed (RFC 5280, 4.2.1.3).
  const uses = (bit: number) => namesUse(extensions, bit) ?? true;
  return {
    der,
    signed: tbs.whole,
    signature,
    serial,
    issuer,
    subject: subject.whole,
    commonName: nameEntry(subject.content, COMMON_NAME),
    organization: nameEntry(subject.content, '55040a'),
    validity,
    point,
    extensions,
    isAuthority: isAuthority(extensions),
    maySign: uses(DIGITAL_SIGNATURE),
    maySignCertificates: uses(CERT_SIGN),
    maySignCrls: uses(CRL_SIGN),
  };
}

/** The certificates of a PEM text, whatever stands around them; at most `max`. */
export function parsePem(pem: string, max: number): Certificate[] {
  if (pem.length > MAX_PEM) throw new MalformedError(forms.certificate.pemTooLarge(MAX_PEM));
  const certificates: Certificate[] = [];
  for (const part of pem.split('-----BEGIN CERTIFICATE-----').slice(1)) {
    const end = part.indexOf('-----END CERTIFICATE-----');
    if (end < 0) throw new MalformedError(forms.certificate.pemNoEnd);
    if (certificates.length === max) throw new MalformedError(forms.certificate.tooMany(max));
    certificates.push(parseCertificate(fromPem(part.slice(0, end), MAX_PEM)));
  }
  return certificates;
}

export function parseCrl(der: Bytes): Crl {
  if (der.length > MAX_CRL) throw new MalformedError(forms.certificate.crlTooLarge(MAX_CRL));
  const outer = new Der(Der.only(der, SEQUENCE).content);
  const tbs = outer.next(SEQUENCE);
  requireAlgorithm(outer);
  const signature = fromDer(outer.bits());
  outer.end();
  const fields = new Der(tbs.content);
  if (fields.unsigned(1) !== '01') throw new MalformedError(forms.certificate.crlVersion);
  requireAlgorithm(fields);
  const issuer = fields.next(SEQUENCE).whole;
  const validity = { from: fields.time(), until: fields.time() };
  const revoked = fields.nextIs(SEQUENCE) ? readRevoked(fields.inside(SEQUENCE)) : new Set<string>();
  const wrapped = fields.inside(0xa0);
  const extensions = readExtensions(wrapped.inside(SEQUENCE), new Set());
  wrapped.end();
  fields.end();
  const number = extensions.get(CRL_NUMBER);
  if (number === undefined) throw new MalformedError(forms.certificate.crlNoNumber);
  unsigned(Der.only(number, INTEGER), MAX_SERIAL);
  const identifier = extensions.get(AUTHORITY_KEY_IDENTIFIER);
  if (identifier === undefined) throw new MalformedError(forms.certificate.crlNoKeyIdentifier);
  new Der(Der.only(identifier, SEQUENCE).content).next(0x80);
  return { signed: tbs.whole, signature, issuer, validity, revoked };
}

/** Whether that authority issued it: name, right to sign, signature. */
export async function isIssuedBy(certificate: Certificate, authority: Certificate): Promise<boolean> {
  return (
    authority.isAuthority &&
    authority.maySignCertificates &&
    equal(certificate.issuer, authority.subject) &&
    (await verifies(authority.point, certificate.signed, certificate.signature))
  );
}

/** Whether it names itself as its issuer, as a root does. */
export function isSelfIssued(certificate: Certificate): boolean {
  return equal(certificate.subject, certificate.issuer);
}

function requireAlgorithm(der: Der): void {
  const algorithm = der.inside(SEQUENCE);
  if (algorithm.oid() !== ECDSA_WITH_SHA256) throw new MalformedError(forms.certificate.otherAlgorithm);
  algorithm.end();
}

function readValidity(der: Der): Validity {
  const validity = { from: der.time(), until: der.time() };
  der.end();
  return validity;
}

function readKey(der: Der): Bytes {
  const algorithm = der.inside(SEQUENCE);
  if (algorithm.oid() !== EC_PUBLIC_KEY || algorithm.oid() !== PRIME256V1) {
    throw new MalformedError(forms.certificate.otherCurve);
  }
  const point = der.bits();
  der.end();
  if (point.length !== 65 || point[0] !== 4) throw new MalformedError(forms.certificate.otherPoint);
  return point.subarray(1);
}

function nameEntry(name: Bytes, oid: string): string {
  const sets = new Der(name);
  let text = '';
  while (sets.hasNext()) {
    const entries = sets.inside(SET);
    while (entries.hasNext()) {
      const entry = entries.inside(SEQUENCE);
      if (entry.oid() === oid) text = new TextDecoder().decode(entry.next().content);
    }
  }
  return text;
}

function readRevoked(list: Der): Set<string> {
  const serials = new Set<string>();
  while (list.hasNext()) {
    const entry = list.inside(SEQUENCE);
    serials.add(unsigned(entry.next(INTEGER), MAX_SERIAL));
    entry.time();
    if (entry.hasNext()) {
      const reason = readExtensions(entry.inside(SEQUENCE), new Set()).get(REASON_CODE);
      if (reason !== undefined) Der.only(reason, ENUMERATED);
    }
    entry.end();
  }
  return serials;
}

/** SHA-256 of a certificate as people compare it. */
export async function fingerprint(certificate: Certificate): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', certificate.der)));
}
