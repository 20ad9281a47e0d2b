package network.calimero.tee.functions.verify.ita;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/** The algorithms that tokens may be signed with (RFC 7518, 3.3 and 3.5), and no others. */
public enum Algorithm {
  PS256(256, true),
  PS384(384, true),
  PS512(512, true),
  RS256(256, false),
  RS384(384, false),
  RS512(512, false);

  private final int bits;
  private final boolean pss;

  Algorithm(int bits, boolean pss) {
    this.bits = bits;
    this.pss = pss;
  }

  /** The one of exactly that name. */
  static Optional<Algorithm> of(String name) {
    for (Algorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  boolean verifies(RSAPublicKey key, Bytes message, Bytes signed) {
    try {
      Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA" + bits + "withRSA");
      if (pss) {
        signature.setParameter(parameters());
      }
      signature.initVerify(key);
      signature.update(message.asReadOnly());
      return signature.verify(signed.toArray());
    } catch (GeneralSecurityException _) {
      return false; // a signature of the wrong length, mostly
    }
  }

  private PSSParameterSpec parameters() {
    String hash = "SHA-" + bits;
    return new PSSParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, PSSParameterSpec.TRAILER_FIELD_BC);
  }
}
