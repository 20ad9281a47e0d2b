package network.calimero.tee.kms.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class ClusterMemberTest {
  private final RootHolder holder = new RootHolder();
  private final ServiceKeys keys = new ServiceKeys(holder.deriver());

  private ClusterMember member() throws Exception {
    RootGiver giver =
        new RootGiver(
            holder,
            Machines.rule(),
            Machines.quotes(Machines.IMAGE),
            Machines.CLOCK,
            Machines.RANDOM);
    return new ClusterMember(holder, giver, keys);
  }

  @Test
  void tellsWhyItHasNoRootUntilItHasOneAndThenWhichRootThatIs() throws Exception {
    ClusterMember member = member();
    member.joinFailed("nobody answers");
    assertThat(member.health().rootReady()).isFalse();
    assertThat(member.health().fingerprint()).isEmpty();
    assertThat(member.health().lastJoinError()).contains("nobody answers");

    holder.hold(new ClusterRoot(SecretBytes.moveFrom(new byte[32])), Machines.NOW);
    assertThat(member.health().rootReady()).isTrue();
    assertThat(member.health().fingerprint())
        .contains(Sha256.of(keys.transport().publicKey().value()).hex());
    assertThat(member.health().lastJoinError()).isEmpty();
  }
}
