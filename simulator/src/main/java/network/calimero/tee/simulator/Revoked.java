package network.calimero.tee.simulator;

/** Which certificate of a platform's chains a CRL names. */
public enum Revoked {
  /** The platform's own certificate, on its authority's CRL. */
  PCK,
  /** The Platform or Processor CA, on the root's CRL. */
  PCK_CA,
  /** The certificate that signs TCB documents, on the root's CRL. */
  TCB_SIGNING,
  /** The root itself, on its own CRL. */
  ROOT
}
