package network.calimero.tee.kms.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where keys and quotes are from. */
public sealed interface Backend {

  /** As {@code MERO_KMS_BACKEND} spells it. */
  String kind();

  /**
   * A dstack guest agent derives keys and makes quotes.
   *
   * @param socket its Unix socket
   * @param redis where several key servers share which challenges are used; empty: this one
   *     remembers its own
   */
  record Dstack(Path socket, Optional<RedisUrl> redis) implements Backend {
    @Override
    public String kind() {
      return "dstack";
    }
  }

  /**
   * A cluster of TDX VMs shares a root, from which keys are derived.
   *
   * @param bootstrap whether to generate the root instead of joining
   * @param peers base URLs of replicas to join from, untrusted; at least one unless bootstrapping
   * @param joinRetry pause between rounds of attempts to join, at least a second
   */
  record Tdx(boolean bootstrap, List<URI> peers, Duration joinRetry) implements Backend {
    /** Keeps a copy. */
    public Tdx {
      peers = List.copyOf(peers);
    }

    @Override
    public String kind() {
      return "tdx";
    }
  }
}
