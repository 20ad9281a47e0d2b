import { malformed } from '../text/malformed';
import { type Bytes, MalformedError, Reader, equal, fromHex } from './bytes';

/** The largest quote that is looked at. */
export const MAX_QUOTE = 128 * 1024;

const ECDSA_P256 = 2;
const TDX = 0x81;
const INTEL_QE = fromHex('939a7233f79c4ca9940a0db3957f0607');
const TD_10 = { type: 2, size: 584 };
const TD_15 = { type: 3, size: 648 };
const OUTER_TYPE = 6;
const ENCLAVE_REPORT = 384;

/** What a TD is, as its CPU measured it (dcap.md, "Quote"). */
export interface TdReport {
  teeTcbSvn: Bytes;
  mrSeam: Bytes;
  mrSignerSeam: Bytes;
  seamAttributes: Bytes;
  tdAttributes: Bytes;
  xfam: Bytes;
  mrtd: Bytes;
  mrConfigId: Bytes;
  mrOwner: Bytes;
  mrOwnerConfig: Bytes;
  rtmr: readonly [Bytes, Bytes, Bytes, Bytes];
  reportData: Bytes;
  /** Only in reports of version 1.5. */
  running?: { teeTcbSvn2: Bytes; mrServiceTd: Bytes };
}

/** Intel's quoting enclave, as far as it is judged. */
export interface QeReport {
  bytes: Bytes;
  miscSelect: Bytes;
  attributes: Bytes;
  mrSigner: Bytes;
  isvProdId: number;
  isvSvn: number;
  reportData: Bytes;
}

/** A quote of a TD, version 4 or 5, as its bytes say. Unproven. */
export interface Quote {
  version: number;
  report: TdReport;
  signed: Bytes;
  signature: Bytes;
  attestationKey: Bytes;
  qeReport: QeReport;
  qeReportSignature: Bytes;
  qeAuthData: Bytes;
  certificationType: number;
  certificationData: Bytes;
}

export function parseQuote(bytes: Bytes): Quote {
  if (bytes.length > MAX_QUOTE) throw new MalformedError(malformed.quote.tooLarge(MAX_QUOTE));
  const reader = new Reader(bytes);
  const version = readHeader(reader);
  const type = version === 5 ? readBodyType(reader) : TD_10;
  const report = readReport(reader, type === TD_15);
  const signed = bytes.subarray(0, reader.offset);
  const auth = reader.sub(reader.u32(malformed.quote.signatureDataSize), malformed.quote.signatureData);
  const signature = auth.take(64, malformed.quote.signature);
  const attestationKey = auth.take(64, malformed.quote.attestationKey);
  const outer = auth.u16(malformed.quote.certificationType);
  if (outer !== OUTER_TYPE) throw new MalformedError(malformed.quote.otherCertification(outer, OUTER_TYPE));
  const inner = auth.sub(auth.u32(malformed.quote.certificationSize), malformed.quote.certification);
  const qeReport = readQeReport(inner.take(ENCLAVE_REPORT, malformed.quote.qeReport));
  const qeReportSignature = inner.take(64, malformed.quote.qeReportSignature);
  const qeAuthData = inner.take(inner.u16(malformed.quote.qeDataSize), malformed.quote.qeData);
  const certificationType = inner.u16(malformed.quote.innerType);
  if (![1, 2, 3, 4, 5, 7].includes(certificationType)) {
    throw new MalformedError(malformed.quote.otherInner(certificationType));
  }
  const certificationData = inner.take(inner.u32(malformed.quote.innerSize), malformed.quote.inner);
  if (inner.remaining !== 0) throw new MalformedError(malformed.quote.afterEnd);
  return {
    version,
    report,
    signed,
    signature,
    attestationKey,
    qeReport,
    qeReportSignature,
    qeAuthData,
    certificationType,
    certificationData,
  };
}

function readHeader(reader: Reader): number {
  const version = reader.u16(malformed.quote.version);
  if (version !== 4 && version !== 5) throw new MalformedError(malformed.quote.otherVersion(version));
  const keyType = reader.u16(malformed.quote.keyType);
  if (keyType !== ECDSA_P256) throw new MalformedError(malformed.quote.otherKey(keyType, ECDSA_P256));
  const tee = reader.u32(malformed.quote.teeType);
  if (tee !== TDX) throw new MalformedError(malformed.quote.otherTee);
  reader.take(4, malformed.quote.reserved);
  if (!equal(reader.take(16, malformed.quote.vendor), INTEL_QE)) throw new MalformedError(malformed.quote.otherVendor);
  reader.take(20, malformed.quote.userData);
  return version;
}

function readBodyType(reader: Reader): typeof TD_10 {
  const type = reader.u16(malformed.quote.bodyType);
  const size = reader.u32(malformed.quote.bodySize);
  const known = [TD_10, TD_15].find((one) => one.type === type);
  if (known?.size !== size) throw new MalformedError(malformed.quote.otherBody(type, size));
  return known;
}

function readReport(reader: Reader, extended: boolean): TdReport {
  const take = (size: number, what: string) => reader.take(size, what);
  const report: TdReport = {
    teeTcbSvn: take(16, 'TEE_TCB_SVN'),
    mrSeam: take(48, 'MRSEAM'),
    mrSignerSeam: take(48, 'MRSIGNERSEAM'),
    seamAttributes: take(8, 'SEAMATTRIBUTES'),
    tdAttributes: take(8, 'TDATTRIBUTES'),
    xfam: take(8, 'XFAM'),
    mrtd: take(48, 'MRTD'),
    mrConfigId: take(48, 'MRCONFIGID'),
    mrOwner: take(48, 'MROWNER'),
    mrOwnerConfig: take(48, 'MROWNERCONFIG'),
    rtmr: [take(48, 'RTMR0'), take(48, 'RTMR1'), take(48, 'RTMR2'), take(48, 'RTMR3')],
    reportData: take(64, 'REPORTDATA'),
  };
  if (extended) report.running = { teeTcbSvn2: take(16, 'TEE_TCB_SVN_2'), mrServiceTd: take(48, 'MRSERVICETD') };
  return report;
}

function readQeReport(bytes: Bytes): QeReport {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    bytes,
    miscSelect: bytes.subarray(16, 20),
    attributes: bytes.subarray(48, 64),
    mrSigner: bytes.subarray(128, 160),
    isvProdId: view.getUint16(256, true),
    isvSvn: view.getUint16(258, true),
    reportData: bytes.subarray(320, 384),
  };
}
