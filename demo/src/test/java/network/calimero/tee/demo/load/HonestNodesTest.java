package network.calimero.tee.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.demo.KmsChild;
import network.calimero.tee.demo.SimulatedSite;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import network.calimero.tee.seal.X25519PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HonestNodesTest {
  @TempDir Path folder;

  @Test
  void onlyKeysThatOpenAreCounted() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "true");
      try (KmsChild kms =
          KmsChild.start(
              KmsChild.simulated(site.root(), KmsChild.FIRST_COMPILER),
              environment,
              folder.resolve("kms.log"))) {
        X25519PublicKey transport;
        try (KmsClient client = new KmsClient(kms.awaitHealth())) {
          Bytes nonce = Bytes.of(new byte[32]);
          transport = client.attest(nonce, KmsVerifier.BINDING, true).transportKey().orElseThrow();
        }
        HonestNodes nodes = new HonestNodes(kms.awaitHealth(), site.nodeMachine(), transport);
        HonestNodes.Measured measured = nodes.work(2, Duration.ofMillis(500));

        assertThat(measured.exchanges()).isPositive();
        assertThat(measured.exchangesPerSecond()).isPositive();
        X25519PublicKey other = new X25519PublicKey(Bytes.of(transport(transport)));
        assertThatThrownBy(() ->
                new HonestNodes(kms.awaitHealth(), site.nodeMachine(), other)
                    .work(1, Duration.ofMillis(500)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("does not open");
      }
    }
  }

  private static byte[] transport(X25519PublicKey key) {
    byte[] changed = key.value().toArray();
    changed[0] ^= 1;
    return changed;
  }
}
