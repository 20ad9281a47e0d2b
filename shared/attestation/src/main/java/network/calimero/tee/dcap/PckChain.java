package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.quote.CertificationData;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.Quote;

/**
 * The chain that certifies a platform: PCK leaf ← Platform or Processor CA ← the pinned root
 * (dcap.md, step 4). Proven to the root by {@link #authenticate}, which is all that may be known
 * before anything is fetched; whether it is revoked is the verifier's business.
 */
public final class PckChain {
  private static final String LEAF_NAME = "Intel SGX PCK Certificate";
  private static final int CERTIFICATES = 3;

  /**
   * Which of Intel's two authorities issued a PCK certificate; also the name of its CRL in the PCS.
   */
  public enum Issuer {
    PROCESSOR("Intel SGX PCK Processor CA"),
    PLATFORM("Intel SGX PCK Platform CA");

    private final String commonName;

    Issuer(String commonName) {
      this.commonName = commonName;
    }

    /** The PCS's value of {@code ca}: {@code processor} or {@code platform}. */
    public String pcsName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Issuer> of(String commonName) {
      for (Issuer issuer : values()) {
        if (commonName.equals(issuer.commonName)) {
          return Optional.of(issuer);
        }
      }
      return Optional.empty();
    }
  }

  private final Certificate leaf;
  private final Certificate authority;
  private final Certificate root;
  private final Issuer issuer;
  private final PckExtension extension;
  private final Validity validity;

  private PckChain(
      Certificate leaf,
      Certificate authority,
      Certificate root,
      Issuer issuer,
      PckExtension extension) {
    this.leaf = leaf;
    this.authority = authority;
    this.root = root;
    this.issuer = issuer;
    this.extension = extension;
    this.validity = leaf.validity().and(authority.validity()).and(root.validity());
  }

  /**
   * The chain in the quote itself, proven to the anchor at that time. Certification data that
   * carries no chain is a failure: nothing may be fetched for a platform that has proven nothing.
   */
  public static PckChain authenticate(Quote quote, TrustAnchor anchor, Instant now)
      throws VerificationException {
    return authenticate(pem(quote, Optional.empty()), anchor, now);
  }

  /**
   * The PEM to verify: the quote's own, or the one given with the collateral for quotes without.
   */
  static Bytes pem(Quote quote, Optional<Bytes> given) throws VerificationException {
    CertificationData data = quote.signatureData().certificationData();
    return switch (data) {
      case CertificationData.PckChain chain -> chain.data();
      case CertificationData.PlatformManifest manifest ->
          throw new VerificationException(
              FailureCode.PCK_CHAIN_MISSING,
              "the quote carries a platform manifest in place of a PCK certificate",
              "certification data type " + manifest.type(),
              "type 5");
      default ->
          given.orElseThrow(() ->
              new VerificationException(
                  FailureCode.PCK_CHAIN_MISSING,
                  "the quote carries no PCK certificate chain and none was given with the collateral",
                  "certification data type " + data.type(),
                  "type 5"));
    };
  }

  static PckChain authenticate(Bytes pem, TrustAnchor anchor, Instant now)
      throws VerificationException {
    List<Certificate> certificates = certificates(pem);
    Certificate root = take(certificates, Certificate::isSelfIssued, "root");
    anchor.require(root, "the PCK chain");
    Certificate authority = take(certificates, c -> c.issuer().equals(root.subject()), "PCK CA");
    Certificate leaf = certificates.getFirst();
    for (Certificate certificate : List.of(root, authority, leaf)) {
      certificate.requireValid(
          now, FailureCode.PCK_CHAIN_NOT_YET_VALID, FailureCode.PCK_CHAIN_EXPIRED);
    }
    Optional<Issuer> issuer = Issuer.of(authority.commonName());
    if (issuer.isEmpty() || !authority.isIssuedBy(anchor.certificate())) {
      throw new VerificationException(
          FailureCode.PCK_CHAIN_INVALID,
          "the intermediate is not a PCK CA issued by the root",
          authority.commonName(),
          "Intel SGX PCK Platform or Processor CA");
    }
    if (leaf.isAuthority() || !leaf.maySign() || !leaf.commonName().equals(LEAF_NAME)) {
      throw new VerificationException(
          FailureCode.PCK_CHAIN_INVALID,
          "the leaf is not a PCK certificate",
          leaf.commonName() + (leaf.isAuthority() ? " (a CA)" : ""),
          LEAF_NAME + ", not a CA");
    }
    if (!leaf.isIssuedBy(authority)) {
      throw new VerificationException(
          FailureCode.PCK_CHAIN_INVALID,
          "the PCK certificate was not issued by the PCK CA beside it");
    }
    return new PckChain(leaf, authority, root, issuer.get(), extension(leaf));
  }

  private static List<Certificate> certificates(Bytes pem) throws VerificationException {
    List<Certificate> certificates;
    try {
      certificates = new ArrayList<>(Certificate.parsePem(pem, CERTIFICATES));
    } catch (MalformedException e) {
      throw new VerificationException(FailureCode.PCK_CHAIN_MALFORMED, e.reason());
    }
    if (certificates.size() != CERTIFICATES) {
      throw new VerificationException(
          FailureCode.PCK_CHAIN_MALFORMED,
          "the PCK chain is incomplete",
          certificates.size() + " certificates",
          "3: PCK, PCK CA and root, in any order");
    }
    return certificates;
  }

  private static Certificate take(List<Certificate> from, Predicate<Certificate> which, String what)
      throws VerificationException {
    List<Certificate> matching = from.stream().filter(which).toList();
    if (matching.size() != 1) {
      throw new VerificationException(
          FailureCode.PCK_CHAIN_MALFORMED,
          "the PCK chain has no single " + what,
          matching.size() + " such certificates",
          "1");
    }
    from.remove(matching.getFirst());
    return matching.getFirst();
  }

  private static PckExtension extension(Certificate leaf) throws VerificationException {
    try {
      return PckExtension.read(leaf);
    } catch (MalformedException e) {
      throw new VerificationException(FailureCode.PCK_EXTENSION_INVALID, e.reason());
    }
  }

  /** The platform type whose TCB info applies. */
  public Fmspc fmspc() {
    return extension.fmspc();
  }

  /** The authority whose CRL applies. */
  public Issuer issuer() {
    return issuer;
  }

  /** The certificate authority behind this chain, to check its CRL. */
  public PckAuthority pckAuthority() {
    return new PckAuthority(issuer, authority);
  }

  Certificate leaf() {
    return leaf;
  }

  Certificate authority() {
    return authority;
  }

  /** The root as this chain has it: the anchor's certificate, or another of its name and key. */
  Certificate root() {
    return root;
  }

  PckExtension extension() {
    return extension;
  }

  Validity validity() {
    return validity;
  }
}
