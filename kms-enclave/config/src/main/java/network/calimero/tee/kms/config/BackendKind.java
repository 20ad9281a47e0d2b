package network.calimero.tee.kms.config;

/** What {@code MERO_KMS_BACKEND} names. */
enum BackendKind {
  DSTACK,
  TDX
}
