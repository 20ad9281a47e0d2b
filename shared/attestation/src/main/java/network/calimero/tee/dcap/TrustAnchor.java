package network.calimero.tee.dcap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;

/**
 * The root that everything must chain to: a name and a key (dcap.md, step 1). An older self-signed
 * certificate of the same name and key is the same anchor.
 */
public final class TrustAnchor {
  private static final String INTEL_RESOURCE = "intel-sgx-root-ca.pem";
  private static final String INTEL_SHA256 =
      "44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3";

  private final Certificate certificate;
  private final boolean intel;

  private TrustAnchor(Certificate certificate, boolean intel) {
    this.certificate = certificate;
    this.intel = intel;
  }

  /** Intel SGX Root CA, the only anchor of production. */
  public static TrustAnchor intel() {
    return Intel.ANCHOR;
  }

  /**
   * Another root, for simulated platforms and for tools that say so; never from configuration.
   *
   * @param pemOrDer one self-signed CA certificate, PEM or DER, at most 64 KiB
   * @throws IllegalArgumentException if it is anything else
   */
  public static TrustAnchor of(Bytes pemOrDer) {
    Certificate root = read(pemOrDer);
    return new TrustAnchor(root, isIntel(root));
  }

  private static boolean isIntel(Certificate root) {
    Certificate intel = Intel.ANCHOR.certificate;
    return root.subject().equals(intel.subject()) && root.key().point().equals(intel.key().point());
  }

  private static Certificate read(Bytes pemOrDer) {
    try {
      boolean der = pemOrDer.length() > 0 && pemOrDer.byteAt(0) == Der.SEQUENCE;
      List<Certificate> certificates =
          der ? List.of(Certificate.parse(pemOrDer)) : Certificate.parsePem(pemOrDer, 1);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no certificate in PEM or DER");
      }
      Certificate root = certificates.getFirst();
      if (!root.isIssuedBy(root)) {
        throw new IllegalArgumentException("not a self-signed CA certificate");
      }
      return root;
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a certificate of Intel's form: " + e.reason(), e);
    }
  }

  /** Whether this is Intel's root. */
  public boolean isIntel() {
    return intel;
  }

  /** The root's common name, for people. */
  public String name() {
    return certificate.commonName();
  }

  /** SHA-256 of the certificate's DER, lower-case hex. */
  public String fingerprint() {
    return certificate.fingerprint();
  }

  Certificate certificate() {
    return certificate;
  }

  /** Whether that certificate is this anchor: its name, its key, a CA, and signed by itself. */
  boolean isSameAs(Certificate root) {
    return root.encoded().equals(certificate.encoded())
        || (root.subject().equals(certificate.subject())
            && root.key().point().equals(certificate.key().point())
            && root.isIssuedBy(root));
  }

  /** Refuses a chain that ends in another root. */
  void require(Certificate root, String chain) throws VerificationException {
    if (!isSameAs(root)) {
      throw new VerificationException(
          FailureCode.ROOT_UNTRUSTED,
          chain + " ends in another root",
          described(root),
          described(certificate));
    }
  }

  private static String described(Certificate root) {
    return root.commonName() + " of SHA-256 " + root.fingerprint();
  }

  private static final class Intel {
    static final TrustAnchor ANCHOR = load();

    private static TrustAnchor load() {
      try (InputStream resource = TrustAnchor.class.getResourceAsStream(INTEL_RESOURCE)) {
        if (resource == null) {
          throw new IllegalStateException(INTEL_RESOURCE + " is missing from this program");
        }
        TrustAnchor anchor = new TrustAnchor(read(Bytes.of(resource.readAllBytes())), true);
        if (!anchor.fingerprint().equals(INTEL_SHA256)) {
          throw new IllegalStateException(INTEL_RESOURCE + " is not Intel SGX Root CA");
        }
        return anchor;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
