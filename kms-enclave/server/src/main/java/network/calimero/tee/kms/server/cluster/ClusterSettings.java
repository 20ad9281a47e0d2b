package network.calimero.tee.kms.server.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import network.calimero.tee.guest.ConfigfsTsm;

/**
 * How a replica becomes one (kms-config.md, {@code MERO_KMS_BOOTSTRAP}, {@code MERO_KMS_PEERS},
 * {@code MERO_KMS_JOIN_RETRY_SECS}).
 *
 * @param bootstrap whether it makes the root, unless a peer says that it holds one
 * @param peers base URLs of replicas to join from, http or https, not trusted
 * @param joinRetry the pause between rounds of attempts, above zero
 * @param tsmRoot the report directory of configfs-tsm
 * @param ccel the CCEL table, which need not be there
 */
public record ClusterSettings(
    boolean bootstrap, List<URI> peers, Duration joinRetry, Path tsmRoot, Path ccel) {
  /** Where Linux has the table. */
  public static final Path DEFAULT_CCEL = Path.of("/sys/firmware/acpi/tables/data/CCEL");

  /**
   * Checks that there is a way to a root, and that every peer is an address and nothing more.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public ClusterSettings {
    peers = List.copyOf(peers);
    if (!bootstrap && peers.isEmpty()) {
      throw new IllegalArgumentException(
          "a replica needs peers to join from (MERO_KMS_PEERS), or makes the root itself"
              + " (MERO_KMS_BOOTSTRAP=true)");
    }
    if (!joinRetry.isPositive()) {
      throw new IllegalArgumentException("the pause between attempts to join is not above zero");
    }
    peers.forEach(ClusterSettings::requireBaseUrl);
  }

  /** On a Linux machine as it is. */
  public static ClusterSettings onLinux(boolean bootstrap, List<URI> peers, Duration joinRetry) {
    return new ClusterSettings(bootstrap, peers, joinRetry, ConfigfsTsm.DEFAULT_ROOT, DEFAULT_CCEL);
  }

  private static void requireBaseUrl(URI peer) {
    boolean web =
        "http".equalsIgnoreCase(peer.getScheme()) || "https".equalsIgnoreCase(peer.getScheme());
    if (!web || peer.getHost() == null) {
      throw new IllegalArgumentException("a peer is not an http or https URL with a host");
    }
    // Names of peers are shown to anybody, in /health.
    if (peer.getRawUserInfo() != null
        || peer.getRawQuery() != null
        || peer.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the URL of a peer at %s carries a user, query or fragment".formatted(peer.getHost()));
    }
  }
}
