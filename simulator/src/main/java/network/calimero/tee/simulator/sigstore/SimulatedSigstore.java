package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Der;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.pki.Validity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Sigstore in one object: a certificate authority for workflows with its certificate log, a log of
 * signatures, and a timestamp authority, under a trust root of its own (policy-and-releases.md,
 * "Signatures"). All keys are P-256. Safe for use by several threads.
 */
public final class SimulatedSigstore {
  private static final Duration LEAF_VALIDITY = Duration.ofMinutes(10);
  private static final Duration YEARS = Duration.ofDays(3650);

  private final Seed seed;
  private final Instant start;
  private final CertificateAuthority root;
  private final CertificateAuthority intermediate;
  private final CertificateLog certificateLog;
  private final TransparencyLog log;
  private final TimestampAuthority timestamps;
  private final AtomicInteger leaves = new AtomicInteger();

  private SimulatedSigstore(
      Seed seed,
      Instant now,
      Consumer<CertificateDraft> changeOfRoot,
      Consumer<CertificateDraft> changeOfIntermediate) {
    this.seed = seed;
    this.start = now.minus(YEARS);
    Validity validity = Validity.around(now, YEARS, YEARS);
    Consumer<CertificateDraft> proper = draft -> draft.authority(1);
    root = CertificateAuthority.named("sigstore", seed, validity, proper.andThen(changeOfRoot));
    Consumer<CertificateDraft> below =
        draft -> draft.issuedBy(root).authority(0).purpose(KeyPurposeId.id_kp_codeSigning, false);
    intermediate =
        CertificateAuthority.named(
            "sigstore-intermediate", seed, validity, below.andThen(changeOfIntermediate));
    certificateLog = new CertificateLog(seed.key("certificate log"));
    log = new TransparencyLog(seed.key("log"));
    timestamps = new TimestampAuthority(seed.child("timestamps"), now);
  }

  /**
   * A service with keys nobody has seen, whose authorities are valid ten years around an instant.
   */
  public static SimulatedSigstore at(Instant now) {
    return of(Seed.random(), now);
  }

  /** The service that a seed stands for: the same calls give the same bytes. */
  public static SimulatedSigstore of(Seed seed, Instant now) {
    return of(seed, now, root -> {}, intermediate -> {});
  }

  /** The same with changes to the certificates of its authorities. */
  public static SimulatedSigstore of(
      Seed seed,
      Instant now,
      Consumer<CertificateDraft> root,
      Consumer<CertificateDraft> intermediate) {
    return new SimulatedSigstore(seed, now, root, intermediate);
  }

  /** What a verifier has to believe, in the form of Sigstore's {@code trusted_root.json}. */
  public byte[] trustedRootJson() {
    List<byte[]> fulcio = List.of(intermediate.der(), root.der());
    String tsa = "https://timestamp.simulator.invalid/api/v1/timestamp";
    return new TrustedRootDocument(start)
        .log("tlogs", "https://" + TransparencyLog.ORIGIN, log.key())
        .authority("certificateAuthorities", "sigstore", "https://fulcio.simulator.invalid", fulcio)
        .log("ctlogs", "https://ctfe.simulator.invalid", certificateLog.key())
        .authority("timestampAuthorities", "sigstore-tsa-root", tsa, timestamps.chain())
        .json();
  }

  /** Signs as a workflow's run does, and logs that a second later. */
  public SignedArtifact sign(byte[] artifact, WorkflowIdentity identity, Instant at) {
    return sign(artifact, identity, at, signing -> {});
  }

  /** Signs with changes to any part of it. */
  public SignedArtifact sign(
      byte[] artifact, WorkflowIdentity identity, Instant at, Consumer<Signing> change) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    Signing signing = new Signing(this, second);
    change.accept(signing);
    String label = "leaf/" + leaves.incrementAndGet();
    SimulatedKey key = seed.key(label);
    byte[] certificate = signing.issue(leaf(label, key, identity, second));
    byte[] signature = signing.signature(Der.ecdsaValue(key.sign(artifact)));
    String digest = Bytes.hex(Hash.sha256(artifact));
    LogRecord entry = signing.log(digest, entry(digest, signature, certificate));
    return new SignedArtifact(artifact, signature, certificate, entry, signing, timestamps);
  }

  private CertificateDraft leaf(
      String label, SimulatedKey key, WorkflowIdentity identity, Instant at) {
    X500Name nobody = new X500NameBuilder().build();
    Validity validity = new Validity(at, at.plus(LEAF_VALIDITY));
    return new CertificateDraft(nobody, key, seed.serial(label), validity)
        .issuedBy(intermediate)
        .keyUsage(KeyUsage.digitalSignature)
        .purpose(KeyPurposeId.id_kp_codeSigning, false)
        .claims(identity);
  }

  /** A hashedrekord entry, version 0.0.1, as canonical JSON. */
  private static String entry(String digest, byte[] signature, byte[] certificate) {
    Base64.Encoder base64 = Base64.getEncoder();
    return """
    {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256",\
    "value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
    """
        .formatted(
            digest,
            base64.encodeToString(signature),
            base64.encodeToString(Pem.certificate(certificate).getBytes(UTF_8)));
  }

  CertificateAuthority intermediate() {
    return intermediate;
  }

  CertificateLog certificateLog() {
    return certificateLog;
  }

  TransparencyLog log() {
    return log;
  }
}
