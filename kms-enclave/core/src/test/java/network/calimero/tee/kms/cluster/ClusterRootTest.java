package network.calimero.tee.kms.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.secret.SecretBytes;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

/** The vector is kms-protocol.md's, "The TDX cluster backend". */
class ClusterRootTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static byte[] rootBytes() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0x07);
    return bytes;
  }

  private static ClusterRoot root() {
    return new ClusterRoot(SecretBytes.moveFrom(rootBytes()));
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.moveFrom(Bytes.fromHex(hex).toArray());
  }

  @Test
  void derivesKeysAsSpecified() {
    try (ClusterRoot root = root()) {
      assertThat(root.derive("merod/storage/locked-read-only/12D3KooWPeer"))
          .isEqualTo(secret("0c96eabcba4b72bbd13b706aa478165d6bc71c46981d5316ffe14cccd8855f7f"));
    }
  }

  @Test
  void keyOfChallengesHasASaltOfItsOwnThatNoPathCanName() {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(
        new HKDFParameters(
            rootBytes(),
            "mero-kms/tdx-root/challenge-mac/v1".getBytes(StandardCharsets.US_ASCII),
            "challenge".getBytes(StandardCharsets.US_ASCII)));
    byte[] expected = new byte[32];
    hkdf.generateBytes(expected, 0, expected.length);
    try (ClusterRoot root = root()) {
      assertThat(root.challengeKey()).isEqualTo(SecretBytes.moveFrom(expected));
      assertThat(root.challengeKey()).isNotEqualTo(root.derive("challenge"));
    }
  }

  @Test
  void newRootsDifferAndNoneIsShown() {
    SecureRandom random = new SecureRandom();
    try (ClusterRoot one = ClusterRoot.generate(random);
        ClusterRoot two = ClusterRoot.generate(random)) {
      assertThat(one.derive("path")).isNotEqualTo(two.derive("path"));
      assertThat(one).hasToString("[cluster root]");
    }
    SecretBytes longer = SecretBytes.copyOf(new byte[33]);
    assertThatIllegalArgumentException().isThrownBy(() -> new ClusterRoot(longer));
  }

  @Test
  void wipedRootDerivesNothing() {
    ClusterRoot root = root();
    root.close();
    assertThatIllegalStateException().isThrownBy(() -> root.derive("path"));
  }

  @Test
  void replicaTakesARootOnlyOnceInItsLife() throws Exception {
    RootHolder holder = new RootHolder();
    holder.hold(root(), NOW);
    SecretBytes before = holder.deriver().derive("path");
    ClusterRoot second = ClusterRoot.generate(new SecureRandom());

    assertThatIllegalStateException().isThrownBy(() -> holder.hold(second, NOW));
    assertThat(holder.deriver().derive("path")).isEqualTo(before);
    assertThatIllegalStateException().isThrownBy(() -> second.derive("path"));
  }

  @Test
  void closedReplicaHasWipedItsRoot() throws Exception {
    new RootHolder().close();
    RootHolder holder = new RootHolder();
    ClusterRoot root = root();
    holder.hold(root, NOW);
    assertThat(holder.challengeKeys().current()).isNotNull();
    holder.close();
    assertThatIllegalStateException().isThrownBy(() -> root.derive("path"));
  }

  @Test
  void withoutARootNothingIsServedAndTheReasonIsTold() {
    RootHolder holder = new RootHolder();
    PolicyState.Ready ready =
        new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest");

    assertThat(holder.missing().orElseThrow()).contains("root");
    assertThat(holder.whenFilled(() -> ready).current())
        .isEqualTo(new PolicyState.NotReady(holder.missing().orElseThrow()));
    assertThatThrownBy(() -> holder.deriver().derive("path"))
        .isInstanceOf(KeyDerivationException.class);
    assertThatThrownBy(() -> holder.challengeKeys().current())
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.error()).isEqualTo(KmsError.POLICY_NOT_READY));

    holder.hold(root(), NOW);
    assertThat(holder.missing()).isEmpty();
    assertThat(holder.whenFilled(() -> ready).current()).isSameAs(ready);
  }
}
