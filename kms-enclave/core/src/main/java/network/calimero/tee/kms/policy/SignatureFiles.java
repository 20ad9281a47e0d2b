package network.calimero.tee.kms.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * The files that a release has beside a signed one (policy-and-releases.md, "Signatures").
 *
 * @param sig the whole {@code .sig}; empty: there is none
 * @param bundle the whole {@code .bundle.json}; empty: there is none
 */
public record SignatureFiles(Optional<Bytes> sig, Optional<Bytes> bundle) {
  /** What the name of a signed file is followed by in that of its signature. */
  public static final String SIG = ".sig";

  /** The same of its bundle. */
  public static final String BUNDLE = ".bundle.json";

  /** Nothing beside it. */
  public static final SignatureFiles NONE = new SignatureFiles(Optional.empty(), Optional.empty());
}
