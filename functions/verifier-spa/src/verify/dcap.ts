import { t } from '../text';
import { MalformedError, concat, equal, fromHex, fromPem, isZero, sha256, toHex, utf8 } from './bytes';
import { Refusal } from './failure';
import type { JsonObject } from './json';
import { verifies } from './p256';
import { type PckExtension, pckExtension } from './pck';
import type { Quote } from './quote';
import { type Root, isSameRoot } from './roots';
import { type Evaluation, evaluate, parseQeIdentity, parseTcbInfo, qeLevel, requireAttributes } from './tcb';
import { type Certificate, type Crl, type Validity, isIssuedBy, isSelfIssued, parseCrl, parsePem } from './x509';

/** How one of the ten steps ended. */
export interface StepResult {
  step: number;
  outcome: 'passed' | 'failed' | 'not_reached';
}

/** What a certificate in a proven chain says, for people. */
export interface ChainLink {
  name: string;
  organization: string;
  validity: Validity;
  serial: string;
}

/** The verdict on a quote: authentic with its TCB status, or refused by one step. */
export type DcapVerdict = { steps: StepResult[] } & (
  | {
      authentic: true;
      evaluation: Evaluation;
      fmspc: string;
      chain: ChainLink[];
      root: string;
      simulated: boolean;
      validUntil: number;
      evaluationNumber: number;
    }
  | { authentic: false; step: number; code: string; detail: string }
);

const STEPS = 10;
const CERTIFICATE_TYPE_CHAIN = 5;
const TYPE_MANIFEST = 7;
const PCK_CAS = ['Intel SGX PCK Platform CA', 'Intel SGX PCK Processor CA'];
const PCK_LEAF = 'Intel SGX PCK Certificate';
const TCB_SIGNING = 'Intel SGX TCB Signing';
const MAX_CRL = 1024 * 1024;

/**
 * The whole verification of a TDX quote (dcap.md, "Verification"), all ten steps in order, under one root and at one
 * instant. Fetches nothing and reads no clock.
 *
 * @param collateral in the exchange form between tools
 * @param now in milliseconds
 */
export async function verifyQuote(quote: Quote, collateral: JsonObject, root: Root, now: number): Promise<DcapVerdict> {
  try {
    return await new Verification(quote, collateral, root, now).run();
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    return { authentic: false, step: e.step, code: e.code, detail: e.message, steps: steps(e.step) };
  }
}

/** The steps where nothing could be verified at all. */
export function steps(failed?: number): StepResult[] {
  return Array.from({ length: STEPS }, (_, i) => ({
    step: i + 1,
    outcome: failed === undefined || i + 1 < failed ? 'passed' : i + 1 === failed ? 'failed' : 'not_reached',
  }));
}

class Verification {
  private validUntil = Number.POSITIVE_INFINITY;

  constructor(
    private readonly quote: Quote,
    private readonly collateral: JsonObject,
    private readonly root: Root,
    private readonly now: number,
  ) {}

  async run(): Promise<DcapVerdict> {
    const rootCrl = await this.rootCrl(); // 1
    const info = await this.document(rootCrl, 'tcb_info', 2, parseTcbInfo); // 2
    const identity = await this.document(rootCrl, 'qe_identity', 3, parseQeIdentity); // 3
    const chain = await this.pckChain(rootCrl); // 4
    const { quote } = this;
    await this.qeReport(chain.leaf); // 5
    const level = qeLevel(quote.qeReport, identity);
    await this.quoteSignature(); // 6
    const qe = { level, svn: quote.qeReport.isvSvn, levels: identity.levels };
    const evaluation = evaluate(quote.report, chain.extension, info, qe); // 7 to 9
    requireAttributes(quote.report); // 10
    return {
      authentic: true,
      steps: steps(),
      evaluation,
      fmspc: toHex(chain.extension.fmspc),
      chain: [chain.leaf, chain.authority, chain.root].map(link),
      root: this.root.fingerprint,
      simulated: this.root.simulated,
      validUntil: this.validUntil,
      evaluationNumber: info.evaluationNumber,
    };
  }

  private text(name: string): string {
    const value = this.collateral[name];
    if (typeof value !== 'string') throw new Refusal(0, 'collateral_malformed', t.refused.collateralText(name));
    return value;
  }

  private async rootCrl(): Promise<Crl> {
    const crl = await this.crl('root_ca_crl', this.root.certificate, 1, 'root_crl');
    if (crl.revoked.has(this.root.certificate.serial)) throw new Refusal(1, 'root_revoked', t.refused.rootOnItsCrl);
    return crl;
  }

  private async crl(field: string, issuer: Certificate, step: number, code: string): Promise<Crl> {
    const crl = read(step, `${code}_malformed`, () => parseCrl(crlBytes(this.text(field))));
    if (!equal(crl.issuer, issuer.subject) || !issuer.maySignCrls) {
      throw new Refusal(step, `${code}_wrong_issuer`, t.refused.crlOfAnother);
    }
    if (!(await verifies(issuer.point, crl.signed, crl.signature))) {
      throw new Refusal(step, `${code}_signature_invalid`, t.refused.crlUnsigned(issuer.commonName));
    }
    this.current(crl.validity, step, code, t.refused.crl);
    return crl;
  }

  /** Steps 2 and 3 are alike: chain, signature over the bytes as they came, form, time. */
  private async document<T extends { validity: Validity }>(
    rootCrl: Crl,
    name: 'tcb_info' | 'qe_identity',
    step: number,
    parse: (text: string) => T,
  ): Promise<T> {
    const signer = await this.signer(this.text(`${name}_issuer_chain`), rootCrl, name, step);
    const text = this.text(name);
    const signature = read(step, `${name}_signature_invalid`, () => fromHex(this.text(`${name}_signature`), 64));
    if (!(await verifies(signer.point, utf8(text), signature))) {
      throw new Refusal(step, `${name}_signature_invalid`, t.refused.documentUnsigned);
    }
    const document = read(step, `${name}_malformed`, () => parse(text));
    this.current(document.validity, step, name, t.refused[name]);
    return document;
  }

  private async signer(pem: string, rootCrl: Crl, name: string, step: number): Promise<Certificate> {
    const chain = read(step, `${name}_chain_malformed`, () => parsePem(pem, 2));
    const [first, second] = chain;
    if (first === undefined || second === undefined) {
      throw new Refusal(step, `${name}_chain_malformed`, t.refused.issuerChainShort);
    }
    const [signer, top] = isSelfIssued(first) ? [second, first] : [first, second];
    await this.requireRoot(top);
    for (const one of [top, signer]) this.current(one.validity, step, `${name}_chain`, one.commonName);
    const named = signer.commonName === TCB_SIGNING && !signer.isAuthority && signer.maySign;
    if (!named || !(await isIssuedBy(signer, this.root.certificate))) {
      throw new Refusal(step, `${name}_chain_invalid`, t.refused.signerUnfit);
    }
    if (rootCrl.revoked.has(top.serial)) throw new Refusal(1, 'root_revoked', t.refused.rootRevoked);
    if (rootCrl.revoked.has(signer.serial)) throw new Refusal(step, `${name}_signer_revoked`, t.refused.signerRevoked);
    return signer;
  }

  private async requireRoot(certificate: Certificate): Promise<void> {
    if (!(await isSameRoot(this.root, certificate))) {
      throw new Refusal(1, 'root_untrusted', t.refused.otherRoot(certificate.organization));
    }
  }

  private async pckChain(rootCrl: Crl) {
    const { leaf, authority, root } = await this.sortedChain();
    for (const one of [root, authority, leaf]) this.current(one.validity, 4, 'pck_chain', one.commonName);
    if (!PCK_CAS.includes(authority.commonName) || !(await isIssuedBy(authority, this.root.certificate))) {
      throw new Refusal(4, 'pck_chain_invalid', t.refused.pckCaUnfit);
    }
    if (leaf.isAuthority || !leaf.maySign || leaf.commonName !== PCK_LEAF || !(await isIssuedBy(leaf, authority))) {
      throw new Refusal(4, 'pck_chain_invalid', t.refused.pckLeafUnfit);
    }
    const extension: PckExtension = read(4, 'pck_extension_invalid', () => pckExtension(leaf));
    if (rootCrl.revoked.has(root.serial)) throw new Refusal(1, 'root_revoked', t.refused.rootRevoked);
    if (rootCrl.revoked.has(authority.serial)) throw new Refusal(4, 'pck_ca_revoked', t.refused.pckCaRevoked);
    const crl = await this.crl('pck_crl', authority, 4, 'pck_crl');
    if (crl.revoked.has(leaf.serial)) throw new Refusal(4, 'pck_revoked', t.refused.pckRevoked);
    return { leaf, authority, root, extension };
  }

  private async sortedChain() {
    const certificates = read(4, 'pck_chain_malformed', () => parsePem(this.pckPem(), 3));
    if (certificates.length !== 3) throw new Refusal(4, 'pck_chain_malformed', t.refused.pckChainSize);
    const root = only(certificates, isSelfIssued, t.refused.root);
    await this.requireRoot(root);
    const rest = certificates.filter((one) => one !== root);
    const authority = only(rest, (one) => equal(one.issuer, root.subject), t.refused.pckCa);
    const leaf = rest.find((one) => one !== authority) as Certificate;
    return { leaf, authority, root };
  }

  private pckPem(): string {
    const { certificationType, certificationData } = this.quote;
    if (certificationType === CERTIFICATE_TYPE_CHAIN) return new TextDecoder('latin1').decode(certificationData);
    if (certificationType === TYPE_MANIFEST || typeof this.collateral.pck_certificate_chain !== 'string') {
      throw new Refusal(4, 'pck_chain_missing', t.refused.pckChainMissing);
    }
    return this.collateral.pck_certificate_chain;
  }

  private async qeReport(leaf: Certificate): Promise<void> {
    const { qeReport, qeReportSignature, attestationKey, qeAuthData } = this.quote;
    if (!(await verifies(leaf.point, qeReport.bytes, qeReportSignature))) {
      throw new Refusal(5, 'qe_report_signature_invalid', t.refused.qeReportUnsigned);
    }
    const bound = await sha256(concat(attestationKey, qeAuthData));
    const { reportData } = qeReport;
    if (!equal(reportData.subarray(0, 32), bound) || !isZero(reportData.subarray(32))) {
      throw new Refusal(5, 'qe_report_data_mismatch', t.refused.qeReportUnbound);
    }
  }

  private async quoteSignature(): Promise<void> {
    const { attestationKey, signed, signature } = this.quote;
    if (!(await verifies(attestationKey, signed, signature))) {
      throw new Refusal(6, 'quote_signature_invalid', t.refused.quoteUnsigned);
    }
  }

  private current(validity: Validity, step: number, code: string, what: string): void {
    if (this.now < validity.from) throw new Refusal(step, `${code}_not_yet_valid`, t.refused.notYetValid(what));
    if (this.now > validity.until) throw new Refusal(step, `${code}_expired`, t.refused.expired(what));
    this.validUntil = Math.min(this.validUntil, validity.until);
  }
}

function only(from: Certificate[], which: (one: Certificate) => boolean, what: string): Certificate {
  const [first, ...more] = from.filter(which);
  if (first === undefined || more.length > 0) {
    throw new Refusal(4, 'pck_chain_malformed', t.refused.pckChainNoSingle(what));
  }
  return first;
}

/** A CRL is hex of DER, or PEM. */
function crlBytes(text: string) {
  const pem = /-----BEGIN X509 CRL-----([^-]*)-----END X509 CRL-----/.exec(text);
  return pem === null ? fromHex(text.trim()) : fromPem(pem[1] ?? '', MAX_CRL);
}

function read<T>(step: number, code: string, reader: () => T): T {
  try {
    return reader();
  } catch (e) {
    if (e instanceof MalformedError) throw new Refusal(step, code, e.message);
    throw e;
  }
}

function link(certificate: Certificate): ChainLink {
  const { commonName: name, organization, validity, serial } = certificate;
  return { name, organization, validity, serial };
}
