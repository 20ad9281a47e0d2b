package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;

/**
 * What came with an artifact to say who signed it: a signature, the certificate of its key, and the
 * entry of the transparency log that has both. Nothing in it is proven until {@link
 * SignatureVerifier} says so.
 */
public sealed interface SignedBy permits CosignBundle, LoggedSignature {

  /** In which form it came. */
  enum Form {
    /** Cosign's older {@code .bundle.json}. */
    COSIGN_BUNDLE("cosign bundle"),
    /** {@code .sig} and {@code .pem}, with the log entry looked up. */
    DETACHED(".sig and .pem with a looked-up log entry"),
    /** {@code application/vnd.dev.sigstore.bundle…}, which another verifier reads. */
    TODAYS_BUNDLE("Sigstore bundle");

    private final String text;

    Form(String text) {
      this.text = text;
    }

    /** A few words for people. */
    public String text() {
      return text;
    }
  }

  /** In which form it came. */
  Form form();

  /** The DER of an ECDSA signature, as sent. */
  Bytes signature();

  /** The DER of the signer's certificate, as sent. */
  Bytes certificate();

  /** The entry of the transparency log, as sent. */
  LogEntry entry();
}
