package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;

/** What a quote says about the enclave or trust domain that it was made for. */
public sealed interface ReportBody permits TdReport, EnclaveReport {
  /** Which kind of body this is. */
  BodyType bodyType();

  /** Its raw bytes, as signed. */
  Bytes bytes();

  /** What whoever asked for the quote had bound into it. */
  ReportData reportData();

  /** Whether it can be looked into and changed from outside, so that it keeps no secret. */
  boolean isDebug();
}
