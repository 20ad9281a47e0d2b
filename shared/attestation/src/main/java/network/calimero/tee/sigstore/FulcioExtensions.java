package network.calimero.tee.sigstore;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.x509.Extensions;
import network.calimero.tee.x509.RawCertificate;

/** The extensions of certificates in Fulcio's infrastructure (RFC 5280, 4.2; RFC 6962, 3.3). */
final class FulcioExtensions {
  static final String EXTENDED_KEY_USAGE = "551d25";
  static final String SUBJECT_ALTERNATIVE_NAME = "551d11";

  /** 1.3.6.1.4.1.11129.2.4.2. */
  static final String TIMESTAMPS = "2b06010401d679020402";

  /** 1.3.6.1.5.5.7.3.3. */
  static final String CODE_SIGNING = "2b06010505070303";

  /** Bits of key usage. */
  static final int DIGITAL_SIGNATURE = 0;

  static final int CERTIFICATE_SIGN = 5;

  /** What may be critical, for it is looked at. */
  static final Set<String> UNDERSTOOD =
      Set.of(
          Extensions.BASIC_CONSTRAINTS,
          Extensions.KEY_USAGE,
          EXTENDED_KEY_USAGE,
          SUBJECT_ALTERNATIVE_NAME);

  private FulcioExtensions() {}

  /** Whether key usage is there and allows that use. */
  static boolean says(RawCertificate raw, int use) throws MalformedException {
    Extensions extensions = raw.extensions();
    return extensions.value(Extensions.KEY_USAGE).isPresent() && extensions.allowsKeyUse(use);
  }

  /** The OIDs of extended key usage, content octets in hex; none if it is not there. */
  static Set<String> purposes(RawCertificate raw) throws MalformedException {
    Optional<Bytes> value = raw.extensions().value(EXTENDED_KEY_USAGE);
    Set<String> purposes = new HashSet<>();
    if (value.isPresent()) {
      Der list = Der.only(value.get(), Der.SEQUENCE).reader();
      do {
        purposes.add(list.oid());
      } while (list.hasNext());
    }
    return purposes;
  }
}
