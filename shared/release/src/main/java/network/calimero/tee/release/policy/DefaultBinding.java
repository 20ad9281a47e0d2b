package network.calimero.tee.release.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.seal.Bindings;

/**
 * What a node binds its nonce to when it asks a KMS for evidence (kms-protocol.md, POST /attest).
 *
 * @param value 32 bytes
 */
public record DefaultBinding(Bytes value) {
  /** Of a KMS on dstack, generations A and B. */
  public static final DefaultBinding PHALA = new DefaultBinding(Bindings.ATTEST_DSTACK);

  /** Of a KMS in a cluster of TDX VMs, generation C. */
  public static final DefaultBinding CLUSTER = new DefaultBinding(Bindings.ATTEST_CLUSTER);

  /** That of the provider that a policy names. */
  public static Optional<DefaultBinding> ofProvider(String provider) {
    return switch (provider) {
      case "mero-kms-phala" -> Optional.of(PHALA);
      case "mero-kms" -> Optional.of(CLUSTER);
      default -> Optional.empty();
    };
  }

  /** In lower-case hex. */
  public String hex() {
    return value.hex();
  }

  /** In base64. */
  public String base64() {
    return StrictBase64.encode(value.toArray());
  }
}
