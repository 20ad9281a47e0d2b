package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.pki.Pem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An artifact's signature in every form that releases and their readers know
 * (policy-and-releases.md, "Signatures"). Immutable.
 */
public final class SignedArtifact {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final byte[] artifact;
  private final byte[] signature;
  private final byte[] certificate;
  private final LogRecord entry;
  private final TransparencyLog log;
  private final TimestampAuthority timestamps;
  private final Instant stampedTime;

  SignedArtifact(
      byte[] artifact,
      byte[] signature,
      byte[] certificate,
      LogRecord entry,
      Signing signing,
      TimestampAuthority timestamps) {
    this.artifact = artifact.clone();
    this.signature = signature;
    this.certificate = certificate;
    this.entry = entry;
    this.log = signing.log();
    this.timestamps = timestamps;
    this.stampedTime = signing.stampedTime();
  }

  /** What was signed. */
  public byte[] artifact() {
    return artifact.clone();
  }

  /** The {@code .sig} file: base64 of the DER signature, no newline. */
  public byte[] sig() {
    return BASE64.encode(signature);
  }

  /** The {@code .pem} file: the certificate in PEM, 64 columns. */
  public byte[] pem() {
    return Pem.certificate(certificate).getBytes(UTF_8);
  }

  /** The {@code .pem} file as some releases have it: base64 of the PEM. */
  public byte[] pemInBase64() {
    return BASE64.encode(pem());
  }

  /** The {@code .bundle.json} file: cosign's older bundle. */
  public byte[] cosignBundle() {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("base64Signature", BASE64.encodeToString(signature));
    bundle.put("cert", BASE64.encodeToString(pem()));
    ObjectNode rekor = bundle.putObject("rekorBundle");
    rekor.put("SignedEntryTimestamp", entry.promise());
    ObjectNode payload = rekor.putObject("Payload");
    payload.put("body", base64(entry.body()));
    payload.put("integratedTime", entry.integratedTime().getEpochSecond());
    payload.put("logIndex", entry.logIndex()).put("logID", entry.logId());
    return JSON.writeValueAsBytes(bundle);
  }

  /**
   * A bundle of today's form, version 0.3: with the log's promise, a proof of inclusion in the tree
   * as it is now, and a timestamp over the signature.
   */
  public byte[] bundle() {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
    ObjectNode material = bundle.putObject("verificationMaterial");
    material.putObject("certificate").put("rawBytes", BASE64.encodeToString(certificate));
    logEntry(material.putArray("tlogEntries").addObject());
    material
        .putObject("timestampVerificationData")
        .putArray("rfc3161Timestamps")
        .addObject()
        .put("signedTimestamp", BASE64.encodeToString(timestamp()));
    ObjectNode message = bundle.putObject("messageSignature");
    String digest = BASE64.encodeToString(Hash.sha256(artifact));
    message.putObject("messageDigest").put("algorithm", "SHA2_256").put("digest", digest);
    message.put("signature", BASE64.encodeToString(signature));
    return JSON.writeValueAsBytes(bundle);
  }

  private void logEntry(ObjectNode node) {
    node.put("logIndex", Long.toString(entry.logIndex()));
    node.putObject("logId").put("keyId", logId());
    node.putObject("kindVersion").put("kind", "hashedrekord").put("version", "0.0.1");
    node.put("integratedTime", Long.toString(entry.integratedTime().getEpochSecond()));
    node.putObject("inclusionPromise").put("signedEntryTimestamp", entry.promise());
    TransparencyLog.InclusionProof proof = log.prove(entry);
    ObjectNode inclusion = node.putObject("inclusionProof");
    inclusion.put("logIndex", Long.toString(proof.index()));
    inclusion.put("rootHash", hexAsBase64(proof.root()));
    inclusion.put("treeSize", Long.toString(proof.treeSize()));
    ArrayNode hashes = inclusion.putArray("hashes");
    proof.path().forEach(hash -> hashes.add(hexAsBase64(hash)));
    inclusion.putObject("checkpoint").put("envelope", proof.checkpoint());
    node.put("canonicalizedBody", base64(entry.body()));
  }

  /** An answer of the timestamp authority over the signature, DER. */
  public byte[] timestamp() {
    return timestamps.answer(signature, stampedTime);
  }

  /** The certificate in DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** The signature in DER. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Where the log has its entry, counted over all of its trees. */
  public long logIndex() {
    return entry.logIndex();
  }

  /** The log: SHA-256 of its public key in base64, as today's bundles have it. */
  public String logId() {
    return hexAsBase64(entry.logId());
  }

  /** What the log calls its entry. */
  public String logUuid() {
    return entry.uuid();
  }

  /** When the log took it. */
  public Instant integratedTime() {
    return entry.integratedTime();
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }

  private static String hexAsBase64(String hex) {
    return BASE64.encodeToString(HexFormat.of().parseHex(hex));
  }
}
