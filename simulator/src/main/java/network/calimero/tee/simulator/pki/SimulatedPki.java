package network.calimero.tee.simulator.pki;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.codec.SimulatedKey;

/**
 * A certificate authority laid out as Intel's for SGX and TDX: a root, a Platform and a Processor
 * CA for PCK certificates, and a certificate that signs TCB documents. Common names are Intel's,
 * because verifiers recognise roles by them; the organization says that it is not Intel.
 *
 * <p>Immutable and safe to share between platforms and threads.
 */
public final class SimulatedPki {
  private static final String ROOT = "Intel SGX Root CA";
  private static final String PLATFORM_CA = "Intel SGX PCK Platform CA";
  private static final String PROCESSOR_CA = "Intel SGX PCK Processor CA";
  private static final String TCB_SIGNING = "Intel SGX TCB Signing";
  private static final String PCK = "Intel SGX PCK Certificate";
  private static final Duration YEAR = Duration.ofDays(365);

  private final Seed seed;
  private final Instant now;
  private final DistinguishedName nameTemplate;
  private final String rootCrlUrl;
  private final String pckCrlUrl;
  private final SimulatedCertificate root;
  private final Map<PckCa, SimulatedCertificate> pckCas = new EnumMap<>(PckCa.class);
  private final SimulatedCertificate tcbSigning;

  private SimulatedPki(Builder builder) {
    seed = builder.seed;
    now = builder.now;
    nameTemplate = DistinguishedName.of(ROOT).withOrganization(builder.organization);
    rootCrlUrl = builder.rootCrlUrl;
    pckCrlUrl = builder.pckCrlUrl;
    root = rootVariant(builder.root);
    pckCas.put(PckCa.PLATFORM, intermediate(PLATFORM_CA, builder.platformCa));
    pckCas.put(PckCa.PROCESSOR, intermediate(PROCESSOR_CA, builder.processorCa));
    tcbSigning = issueTcbSigning("tcb-signing", builder.tcbSigning);
  }

  /** A public key infrastructure with random keys, every part valid at {@code now}. */
  public static SimulatedPki at(Instant now) {
    return builder(now).build();
  }

  /** One to be changed before its certificates are signed. */
  public static Builder builder(Instant now) {
    return new Builder(now);
  }

  /** The self-signed root: what a verifier pins. */
  public SimulatedCertificate root() {
    return root;
  }

  /** The authority above PCK certificates. */
  public SimulatedCertificate pckCa(PckCa ca) {
    return Objects.requireNonNull(pckCas.get(ca));
  }

  /** The certificate whose key signs TCB info and QE identity. */
  public SimulatedCertificate tcbSigning() {
    return tcbSigning;
  }

  /** The instant around which everything is valid. */
  public Instant now() {
    return now;
  }

  /** The seed that keys of this infrastructure come from. */
  public Seed seed() {
    return seed;
  }

  /**
   * Another self-signed root certificate with the same name and key, as Intel has an older one in
   * old quotes.
   */
  public SimulatedCertificate rootVariant(Consumer<CertificateBuilder> change) {
    Validity validity = Validity.around(now, YEAR.multipliedBy(5), YEAR.multipliedBy(20));
    CertificateBuilder builder = selfNamed(ROOT, "root", validity).ca(1).crlUrl(rootCrlUrl);
    change.accept(builder);
    return builder.sign();
  }

  /** A TCB signing certificate with a key of its own. */
  public SimulatedCertificate issueTcbSigning(String label, Consumer<CertificateBuilder> change) {
    Validity validity = Validity.around(now, YEAR, YEAR.multipliedBy(6));
    CertificateBuilder builder =
        selfNamed(TCB_SIGNING, label, validity).issuedBy(root).crlUrl(rootCrlUrl);
    change.accept(builder);
    return builder.sign();
  }

  /**
   * A PCK certificate.
   *
   * @param label tells platforms apart: the same label gives the same key and serial number
   */
  public SimulatedCertificate issuePck(
      PckCa ca, String label, SgxExtension sgx, Consumer<CertificateBuilder> change) {
    Validity validity = Validity.around(now, YEAR, YEAR.multipliedBy(6));
    CertificateBuilder builder =
        new CertificateBuilder(
                nameTemplate.withCommonName(PCK),
                seed.key("pck/" + label),
                seed.serial("pck/" + label),
                validity)
            .issuedBy(pckCa(ca))
            .crlUrl(pckCrlUrl + "?ca=" + ca.query() + "&encoding=der")
            .sgx(sgx);
    change.accept(builder);
    return builder.sign();
  }

  /** The root's CRL in DER: issued a month ago, due in eleven. */
  public byte[] rootCrl(Consumer<CrlBuilder> change) {
    return crl(root, Validity.around(now, Duration.ofDays(30), Duration.ofDays(335)), change);
  }

  /** A PCK authority's CRL in DER: issued yesterday, due in 29 days. */
  public byte[] pckCrl(PckCa ca, Consumer<CrlBuilder> change) {
    return crl(pckCa(ca), Validity.around(now, Duration.ofDays(1), Duration.ofDays(29)), change);
  }

  /** Leaf, intermediate and root, the order of a quote's certification data. */
  public String pckChain(PckCa ca, SimulatedCertificate pck) {
    return Pem.chain(pck, pckCa(ca), root);
  }

  /** Intermediate and root: the issuer chain of a PCK CRL. */
  public String pckCrlIssuerChain(PckCa ca) {
    return Pem.chain(pckCa(ca), root);
  }

  private static byte[] crl(
      SimulatedCertificate ca, Validity validity, Consumer<CrlBuilder> change) {
    CrlBuilder builder = new CrlBuilder(ca, validity);
    change.accept(builder);
    return builder.sign();
  }

  private SimulatedCertificate intermediate(String name, Consumer<CertificateBuilder> change) {
    Validity validity = Validity.around(now, YEAR.multipliedBy(5), YEAR.multipliedBy(10));
    CertificateBuilder builder =
        selfNamed(name, name, validity).issuedBy(root).ca(0).crlUrl(rootCrlUrl);
    change.accept(builder);
    return builder.sign();
  }

  /** Intel's own certificates have their key identifier as serial number. */
  private CertificateBuilder selfNamed(String name, String label, Validity validity) {
    SimulatedKey key = seed.key(label);
    var serial = new BigInteger(1, Bytes.fit(key.keyId(), 20));
    return new CertificateBuilder(nameTemplate.withCommonName(name), key, serial, validity);
  }

  /** What to change before the certificates are signed; the defaults verify. */
  public static final class Builder {
    private final Instant now;
    private Seed seed = Seed.random();
    private String organization = DistinguishedName.ORGANIZATION;
    private String rootCrlUrl = "http://simulator.invalid/IntelSGXRootCA.der";
    private String pckCrlUrl = "http://simulator.invalid/sgx/certification/v4/pckcrl";
    private Consumer<CertificateBuilder> root = c -> {};
    private Consumer<CertificateBuilder> platformCa = c -> {};
    private Consumer<CertificateBuilder> processorCa = c -> {};
    private Consumer<CertificateBuilder> tcbSigning = c -> {};

    private Builder(Instant now) {
      this.now = now;
    }

    /** Makes every key, serial number and signature reproducible. */
    public Builder seed(Seed value) {
      seed = value;
      return this;
    }

    /** The organization in every name; Intel's own to imitate it in all but the keys. */
    public Builder organization(String value) {
      organization = value;
      return this;
    }

    /** The CRL distribution point in certificates that the root issued. */
    public Builder rootCrlUrl(String url) {
      rootCrlUrl = url;
      return this;
    }

    /** The CRL distribution point in PCK certificates, without its query. */
    public Builder pckCrlUrl(String url) {
      pckCrlUrl = url;
      return this;
    }

    /** Changes the root before it is signed. */
    public Builder root(Consumer<CertificateBuilder> change) {
      root = root.andThen(change);
      return this;
    }

    /** Changes a PCK authority before it is signed. */
    public Builder pckCa(PckCa ca, Consumer<CertificateBuilder> change) {
      switch (ca) {
        case PLATFORM -> platformCa = platformCa.andThen(change);
        case PROCESSOR -> processorCa = processorCa.andThen(change);
      }
      return this;
    }

    /** Changes the TCB signing certificate before it is signed. */
    public Builder tcbSigning(Consumer<CertificateBuilder> change) {
      tcbSigning = tcbSigning.andThen(change);
      return this;
    }

    /** Signs everything. */
    public SimulatedPki build() {
      return new SimulatedPki(this);
    }
  }
}
