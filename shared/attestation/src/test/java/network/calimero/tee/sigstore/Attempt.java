package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.sigstore.CertificateDraft;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A proper signature under a simulated trust root, verified after one thing was spoiled. */
final class Attempt {
  static final Instant SIGNED = Instant.parse("2026-09-26T13:57:04Z");
  static final byte[] ARTIFACT = "{\"a\":\"policy\"}".getBytes(UTF_8);
  static final WorkflowIdentity WORKFLOW = WorkflowIdentity.kms(false);
  static final SimulatedSigstore OTHER = SimulatedSigstore.of(Seed.of("another"), SIGNED);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SimulatedSigstore USUAL =
      SimulatedSigstore.of(Seed.of("signatures"), SIGNED);

  private SimulatedSigstore sigstore = USUAL;
  private SimulatedSigstore trusted = sigstore;
  private Consumer<Signing> signing = s -> {};
  private WorkflowIdentity workflow = WORKFLOW;
  private UnaryOperator<ObjectNode> bundle = UnaryOperator.identity();
  private Consumer<ObjectNode> root = r -> {};
  private byte[] presented = ARTIFACT;
  private ExpectedSigner expected = expected(Optional.of("push"), Optional.of("1171521817"));

  static ExpectedSigner expected(Optional<String> trigger, Optional<String> repositoryId) {
    return new ExpectedSigner(
        WORKFLOW.issuer(),
        WORKFLOW.uri(),
        trigger,
        WORKFLOW.name(),
        WORKFLOW.repository(),
        repositoryId,
        WORKFLOW.ref());
  }

  /** Changes the act of signing. */
  Attempt signing(Consumer<Signing> change) {
    signing = signing.andThen(change);
    return this;
  }

  /** Changes the signer's certificate before anybody signs it. */
  Attempt certificate(Consumer<CertificateDraft> change) {
    return signing(s -> s.certificate(change));
  }

  /** Changes the entry that the log has and promises. */
  Attempt logged(Consumer<ObjectNode> change) {
    return signing(s -> s.logEntry(entry -> edited(entry, change)));
  }

  /** Another workflow signs. */
  Attempt signedBy(WorkflowIdentity other) {
    workflow = other;
    return this;
  }

  /** The authorities have other certificates. */
  Attempt authorities(
      Consumer<CertificateDraft> rootChange, Consumer<CertificateDraft> intermediateChange) {
    sigstore = SimulatedSigstore.of(Seed.of("signatures"), SIGNED, rootChange, intermediateChange);
    trusted = sigstore;
    return this;
  }

  /** Changes the bundle as it is presented. */
  Attempt bundle(Consumer<ObjectNode> change) {
    bundle =
        b -> {
          change.accept(b);
          return b;
        };
    return this;
  }

  /** Changes the trust root. */
  Attempt root(Consumer<ObjectNode> change) {
    root = change;
    return this;
  }

  /** Believes another service. */
  Attempt trusting(SimulatedSigstore other) {
    trusted = other;
    return this;
  }

  /** Presents another file. */
  Attempt presenting(byte[] other) {
    presented = other;
    return this;
  }

  Attempt expecting(ExpectedSigner other) {
    expected = other;
    return this;
  }

  /** Signs. */
  SignedArtifact sign() {
    return sigstore.sign(ARTIFACT, workflow, SIGNED, signing);
  }

  Bytes bundle(SignedArtifact signed) {
    ObjectNode json = (ObjectNode) JSON.readTree(signed.cosignBundle());
    return Bytes.of(JSON.writeValueAsBytes(bundle.apply(json)));
  }

  TrustedRoot root() throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(trusted.trustedRootJson());
    root.accept(json);
    return TrustedRoot.parse(Bytes.of(JSON.writeValueAsBytes(json)));
  }

  Bytes presented() {
    return Bytes.of(presented);
  }

  ExpectedSigner expected() {
    return expected;
  }

  /** Signs, spoils and verifies. */
  Signer verify() throws Exception {
    return new SignatureVerifier(root())
        .verify(presented(), CosignBundle.parse(bundle(sign())), expected);
  }

  /** The object at a path. */
  static ObjectNode at(ObjectNode json, String path) {
    return (ObjectNode) json.at(path);
  }

  static String edited(String json, Consumer<ObjectNode> change) {
    ObjectNode node = (ObjectNode) JSON.readTree(json);
    change.accept(node);
    return JSON.writeValueAsString(node);
  }

  /** Base64 with one bit of one byte turned. */
  static String flipped(String base64, int index) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    bytes[Math.floorMod(index, bytes.length)] ^= 1;
    return Base64.getEncoder().encodeToString(bytes);
  }
}
