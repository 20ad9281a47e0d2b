package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;

/**
 * Whom to believe: the certificate authorities of Fulcio, the logs of certificates, and the
 * transparency logs, each with the time in which it may be believed. Read from Sigstore's {@code
 * trusted_root.json}.
 */
public final class TrustedRoot {
  private TrustedRoot() {}

  /**
   * Reads a {@code trusted_root.json}.
   *
   * @throws MalformedException if it is none, or too long
   */
  public static TrustedRoot parse(Bytes json) throws MalformedException {
    throw new UnsupportedOperationException();
  }

  /** The root of Sigstore's public infrastructure, as it was when this was built. */
  public static TrustedRoot publicGood() {
    throw new UnsupportedOperationException();
  }
}
