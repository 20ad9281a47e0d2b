package network.calimero.tee.fuzz;

import java.util.List;
import java.util.stream.Stream;
import network.calimero.tee.collateral.pcs.PcsTargets;
import network.calimero.tee.dcap.DcapTargets;
import network.calimero.tee.guest.GuestTargets;
import network.calimero.tee.kms.config.ConfigTargets;
import network.calimero.tee.kms.server.cluster.PeerTargets;
import network.calimero.tee.kms.server.http.RequestTargets;
import network.calimero.tee.kms.server.redis.RedisTargets;
import network.calimero.tee.node.KmsAnswerTargets;

/** All targets. A new reader of untrusted bytes is added here, or in one of the lists it names. */
public final class Targets {
  private static final List<Target> ALL =
      Stream.of(
              DcapTargets.all(),
              PcsTargets.all(),
              LogTargets.all(),
              SignatureTargets.all(),
              IdentityTargets.all(),
              GuestTargets.all(),
              ConfigTargets.all(),
              RequestTargets.all(),
              PeerTargets.all(),
              KmsAnswerTargets.all(),
              RedisTargets.all(),
              ReleaseTargets.all(),
              AnswerTargets.all(),
              CallTargets.all())
          .flatMap(List::stream)
          .toList();

  private Targets() {}

  /** In the order in which they are run. */
  public static List<Target> all() {
    return ALL;
  }

  /** The one of that name. */
  public static Target named(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no target " + name + "; there are " + ALL));
  }
}
