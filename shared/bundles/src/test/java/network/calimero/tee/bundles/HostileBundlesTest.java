package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bundles by strangers: whatever they hold, the answer is a refusal and nothing else. */
class HostileBundlesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ArtifactDigest ARTIFACT =
      ArtifactDigest.of(Bytes.of("a policy".getBytes(UTF_8)));
  private static final WorkflowIdentity KMS = WorkflowIdentity.kms(true);
  private static final int CHANGES = 300;
  private static final int DEEP = 200_000;

  private final SimulatedSigstore service = SimulatedSigstore.at(NOW);
  private final SignedArtifact signed = service.sign("a policy".getBytes(UTF_8), KMS, NOW);

  @Test
  void aChangedByteIsRefusedOrChangesNothingThatIsSaidOfTheSigner() throws Exception {
    TodaysBundles verifier = new TodaysBundles(Bytes.of(service.trustedRootJson()));
    byte[] proper = signed.bundle();
    Random random = new Random(20_260_301);
    int refused = 0;
    for (int i = 0; i < CHANGES; i++) {
      byte[] changed = proper.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(7));
      try {
        Signer signer =
            verifier.verify(ARTIFACT, Bytes.of(changed), SimulatedBundlesTest.expected(KMS));
        assertThat(signer.commit()).isEqualTo(KMS.commit());
      } catch (SignatureRefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(CHANGES * 3 / 4);
  }

  @Test
  void logEntriesAndStatementsThatNestWithoutEndAreRefused() throws Exception {
    String nested = "[".repeat(DEEP) + "]".repeat(DEEP);
    assertRefused(entry -> entry.put("canonicalizedBody", base64(nested)));
    assertRefused(entry ->
        entry.put(
            "canonicalizedBody",
            base64(
                "{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\",\"spec\":" + nested + "}")));
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    bundle.remove("messageSignature");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", base64(nested)).put("payloadType", "application/vnd.in-toto+json");
    envelope.putArray("signatures").addObject().put("sig", base64("x"));
    assertRefused(bundle);
  }

  @Test
  void numbersBeyondEveryRangeAreRefused() throws Exception {
    for (String number : new String[] {"9223372036854775807", "-9223372036854775808", "1e400"}) {
      assertRefused(entry -> entry.put("integratedTime", number));
      assertRefused(entry -> entry.put("logIndex", number));
      assertRefused(entry -> ((ObjectNode) entry.path("inclusionProof")).put("treeSize", number));
    }
  }

  /** The library would take minutes for the longest that fits. */
  @Test
  void numbersThatTakeLongToReadAreNotRead() throws Exception {
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    ObjectNode entry = (ObjectNode) bundle.path("verificationMaterial").path("tlogEntries").path(0);
    entry.put("logIndex", "9".repeat(500_000));
    assertThat(assertRefused(bundle)).hasMessageContaining("a number that is too long");
  }

  @Test
  void emptyPartsAreRefused() throws Exception {
    for (String name : new String[] {"logId", "inclusionProof", "canonicalizedBody"}) {
      assertRefused(entry -> entry.remove(name));
      assertRefused(entry -> entry.putObject(name));
    }
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    ((ObjectNode) bundle.path("verificationMaterial")).remove("certificate");
    assertRefused(bundle);
  }

  private void assertRefused(java.util.function.Consumer<ObjectNode> change) throws Exception {
    ObjectNode bundle = (ObjectNode) JsonMapper.shared().readTree(signed.bundle());
    change.accept((ObjectNode) bundle.path("verificationMaterial").path("tlogEntries").path(0));
    assertRefused(bundle);
  }

  private Throwable assertRefused(ObjectNode bundle) throws Exception {
    TodaysBundles verifier = new TodaysBundles(Bytes.of(service.trustedRootJson()));
    Bytes json = Bytes.of(JsonMapper.shared().writeValueAsBytes(bundle));
    Throwable refusal =
        catchThrowable(() -> verifier.verify(ARTIFACT, json, SimulatedBundlesTest.expected(KMS)));
    assertThat(refusal).isInstanceOf(SignatureRefusedException.class);
    return refusal;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
