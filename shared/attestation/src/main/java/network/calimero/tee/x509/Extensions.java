package network.calimero.tee.x509;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;

/** The extensions of a certificate or CRL (RFC 5280, 4.2 and 5.2), by OID; none twice. */
public final class Extensions {
  public static final String AUTHORITY_KEY_IDENTIFIER = "551d23";
  public static final String BASIC_CONSTRAINTS = "551d13";
  public static final String CRL_NUMBER = "551d14";
  public static final String REASON_CODE = "551d15";
  public static final String KEY_USAGE = "551d0f";

  /** What a certificate may call critical; Intel's do. */
  public static final Set<String> OF_CERTIFICATES = Set.of(BASIC_CONSTRAINTS, KEY_USAGE);

  /** What a CRL may call critical; Intel's do not. */
  public static final Set<String> OF_CRLS = Set.of(AUTHORITY_KEY_IDENTIFIER, CRL_NUMBER);

  private final Map<String, Bytes> values;

  private Extensions(Map<String, Bytes> values) {
    this.values = values;
  }

  /** Reads the SEQUENCE OF Extension. A critical one that is not understood is an error. */
  public static Extensions read(Der sequence, Set<String> understood) throws MalformedException {
    Map<String, Bytes> values = new HashMap<>();
    while (sequence.hasNext()) {
      Der extension = sequence.next(Der.SEQUENCE).reader();
      String oid = extension.oid();
      boolean critical = extension.nextIs(Der.BOOLEAN) && extension.bool();
      Bytes value = extension.next(Der.OCTET_STRING).content();
      extension.end();
      if (critical && !understood.contains(oid)) {
        throw new MalformedException("critical extension " + oid + " is not understood");
      }
      if (values.put(oid, value) != null) {
        throw new MalformedException("extension " + oid + " is there twice");
      }
    }
    return new Extensions(values);
  }

  /** The value of the extension of that OID, content octets in hex; empty if it is not there. */
  public Optional<Bytes> value(String oid) {
    return Optional.ofNullable(values.get(oid));
  }

  /**
   * Whether basic constraints say that the subject is a certificate authority; absent: it is not.
   */
  public boolean isCertificateAuthority() throws MalformedException {
    return basicConstraints().authority();
  }

  /**
   * How many authorities may follow below the subject in a chain; empty: as many as there are, or
   * it is none itself.
   */
  public OptionalInt pathLength() throws MalformedException {
    return basicConstraints().pathLength();
  }

  private record BasicConstraints(boolean authority, OptionalInt pathLength) {}

  private BasicConstraints basicConstraints() throws MalformedException {
    Optional<Bytes> value = value(BASIC_CONSTRAINTS);
    if (value.isEmpty()) {
      return new BasicConstraints(false, OptionalInt.empty());
    }
    Der constraints = Der.only(value.get(), Der.SEQUENCE).reader();
    boolean authority = constraints.nextIs(Der.BOOLEAN) && constraints.bool();
    OptionalInt pathLength =
        constraints.hasNext() ? OptionalInt.of(constraints.unsignedInt()) : OptionalInt.empty();
    constraints.end();
    return new BasicConstraints(authority, pathLength);
  }

  /** Whether key usage allows that use (RFC 5280, 4.2.1.3: bit 0 is the first); absent: it does. */
  public boolean allowsKeyUse(int bit) throws MalformedException {
    Optional<Bytes> value = value(KEY_USAGE);
    if (value.isEmpty()) {
      return true;
    }
    Bytes content = Der.only(value.get(), Der.BIT_STRING).content();
    if (content.length() < 2 || content.length() > 3 || !isDer(content)) {
      throw new MalformedException("malformed key usage");
    }
    int octet = 1 + bit / 8;
    return octet < content.length() && (content.byteAt(octet) & 0x80 >> bit % 8) != 0;
  }

  /** Whether the unused bits of a BIT STRING are at most seven, and zero (X.690, 11.2.1). */
  private static boolean isDer(Bytes content) {
    int unused = content.byteAt(0);
    int last = content.byteAt(content.length() - 1);
    return unused < 8 && (last & (1 << unused) - 1) == 0;
  }
}
