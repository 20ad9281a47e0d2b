package network.calimero.tee.kms.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.kms.policy.PolicySignature.Verdict;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.releases.SimulatedPolicy;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ReleaseVersion VERSION = new ReleaseVersion(2, 3, 71);
  private static final PolicyAsset ASSET =
      PolicyAsset.candidates(VERSION, Profile.LOCKED_READ_ONLY).getFirst();
  private static final Verdict.Verified SIGNED =
      new Verdict.Verified("the release workflow", 7, NOW);
  private static final PolicySignature UNSIGNED = (document, files) -> new Verdict.Unsigned();
  private static final SignatureFiles FILES =
      new SignatureFiles(Optional.of(Bytes.fromHex("01")), Optional.of(Bytes.fromHex("02")));
  private static final Bytes DOCUMENT = document("2.3.71", "locked-read-only");

  private static Bytes document(String version, String profile) {
    return Bytes.of(
        SimulatedPolicy.of(version, profile)
            .acceptNode(SimulatedPlatform.at(NOW).launch(TdImage.named("node")))
            .json());
  }

  private static RequiredRelease required(boolean signed) {
    return new RequiredRelease(
        Optional.of(VERSION), Profile.LOCKED_READ_ONLY, Optional.empty(), signed);
  }

  private static RequiredRelease pinned(Bytes pin) {
    return new RequiredRelease(
        Optional.of(VERSION), Profile.LOCKED_READ_ONLY, Optional.of(pin), true);
  }

  private static String reason(PolicyState state) {
    assertThat(state).isInstanceOf(PolicyState.NotReady.class);
    return ((PolicyState.NotReady) state).reason();
  }

  @Test
  void beginsWithoutAPolicyAndIsReadyOnceAGoodDocumentIsFound() throws Exception {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), (document, files) -> SIGNED);
    assertThat(reason(policy.current())).contains("release 2.3.71 is being loaded");

    policy.offer(ASSET, DOCUMENT, FILES);

    PolicyState.Ready ready = (PolicyState.Ready) policy.current();
    assertThat(ready.policy()).isInstanceOf(AppraisalPolicy.Enforced.class);
    assertThat(ready.policy().role()).isEqualTo(Role.NODE);
    assertThat(ready.policy().profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(ready.digest()).isEqualTo(Sha256.of(DOCUMENT).hex());
    assertThat(ready.release())
        .contains(new PolicyState.Release(VERSION, ASSET.name(), Optional.of(SIGNED)));
    assertThat(ready.signedAt()).contains(SIGNED.loggedAt());
    assertThat(policy.current()).isSameAs(ready);
  }

  @Test
  void whatIsReadyStaysReady() throws Exception {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), (document, files) -> SIGNED);
    PolicyState ready = policy.offer(ASSET, DOCUMENT, FILES);

    assertThat(policy.failed("the server is gone")).isSameAs(ready);
    assertThat(policy.current()).isSameAs(ready);
  }

  @Test
  void whereASignatureIsRequiredThereMustBeOne() {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), UNSIGNED);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> policy.offer(ASSET, DOCUMENT, FILES))
        .withMessageContaining(
            "it is not signed (the release has neither .sig nor .bundle.json of it)");
    assertThat(policy.current()).isInstanceOf(PolicyState.NotReady.class);
  }

  @Test
  void wrongSignatureIsRefusedWhereNoneIsRequiredToo() {
    ReleasedPolicy policy =
        new ReleasedPolicy(
            required(false), (document, files) -> new Verdict.Refused("somebody else signed it"));

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> policy.offer(ASSET, DOCUMENT, FILES))
        .withMessage("its signature is refused: somebody else signed it");
    assertThat(policy.current()).isInstanceOf(PolicyState.NotReady.class);
  }

  @Test
  void pinDoesNotStandInForASignature() {
    ReleasedPolicy policy = new ReleasedPolicy(pinned(Sha256.of(DOCUMENT)), UNSIGNED);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> policy.offer(ASSET, DOCUMENT, FILES))
        .withMessageContaining("signature");
    assertThat(policy.current()).isInstanceOf(PolicyState.NotReady.class);
  }

  @Test
  void whereNoneIsRequiredItGoesOnAndSaysSo() throws Exception {
    ReleasedPolicy policy = new ReleasedPolicy(required(false), UNSIGNED);

    PolicyState.Ready ready = (PolicyState.Ready) policy.offer(ASSET, DOCUMENT, FILES);

    assertThat(ready.source()).contains("NOT signed");
    assertThat(ready.release().orElseThrow().signer()).isEmpty();
    assertThat(ready.signedAt()).isEmpty();
  }

  @Test
  void signatureIsAskedForTheExactBytesBeforeTheyAreRead() {
    List<Object> asked = new ArrayList<>();
    PolicySignature refusing =
        (document, files) -> {
          asked.add(document);
          asked.add(files);
          return new Verdict.Refused("nobody signed it");
        };
    Bytes garbage = Bytes.of("no JSON".getBytes(StandardCharsets.US_ASCII));
    ReleasedPolicy policy = new ReleasedPolicy(pinned(Sha256.of("another")), refusing);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> policy.offer(ASSET, garbage, FILES))
        .withMessageContaining("nobody signed it");
    assertThat(asked).containsExactly(garbage, FILES);
  }

  @Test
  void pinIsComparedWithTheFileBeforeItIsRead() throws Exception {
    ReleasedPolicy wrong =
        new ReleasedPolicy(pinned(Sha256.of("another")), (document, files) -> SIGNED);
    ReleasedPolicy right =
        new ReleasedPolicy(pinned(Sha256.of(DOCUMENT)), (document, files) -> SIGNED);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> wrong.offer(ASSET, DOCUMENT, FILES))
        .withMessageContainingAll(
            "MERO_KMS_POLICY_SHA256", Sha256.of("another").hex(), Sha256.of(DOCUMENT).hex());
    assertThat(right.offer(ASSET, DOCUMENT, FILES)).isInstanceOf(PolicyState.Ready.class);
    assertThatIllegalArgumentException().isThrownBy(() -> pinned(Bytes.fromHex("00")));
  }

  @ParameterizedTest
  @CsvSource({"2.3.72,locked-read-only,tag", "2.3.70,locked-read-only,tag", "2.3.71,debug,profile"})
  void documentOfAnotherReleaseOrProfileIsRefused(String version, String profile, String field) {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), (document, files) -> SIGNED);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> policy.offer(ASSET, document(version, profile), FILES))
        .withMessageStartingWith(field + ": ");
  }

  @Test
  void documentThatAcceptsNobodyIsRefused() {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), (document, files) -> SIGNED);

    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() ->
            policy.offer(
                ASSET, Bytes.of(SimulatedPolicy.of("2.3.71", "locked-read-only").json()), FILES))
        .withMessageContainingAll("policy.node_allowed_mrtd", "policy.node_allowed_rtmr3");
  }

  @Test
  void withoutAVersionItSaysWhatToSetAndTakesNothing() {
    ReleasedPolicy policy =
        new ReleasedPolicy(
            new RequiredRelease(
                Optional.empty(), Profile.LOCKED_READ_ONLY, Optional.empty(), false),
            (document, files) -> SIGNED);

    assertThat(policy.wanted()).isEmpty();
    assertThat(reason(policy.current())).contains("MERO_KMS_VERSION", "restarts");
    assertThatIllegalStateException().isThrownBy(() -> policy.offer(ASSET, DOCUMENT, FILES));
    assertThatIllegalStateException().isThrownBy(() -> policy.failed("x"));
  }

  @Test
  void failureIsInTheReason() {
    ReleasedPolicy policy = new ReleasedPolicy(required(true), (document, files) -> SIGNED);

    assertThat(reason(policy.failed("file at host: status 500")))
        .contains("2.3.71", "keeps trying", "file at host: status 500");
  }
}
