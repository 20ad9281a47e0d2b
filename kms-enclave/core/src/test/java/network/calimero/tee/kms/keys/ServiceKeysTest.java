package network.calimero.tee.kms.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.RootSeal;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class ServiceKeysTest {
  private final List<String> paths = new ArrayList<>();

  private KeyDeriver platform(int size) {
    return path -> {
      paths.add(path);
      return SecretBytes.moveFrom(new byte[size]);
    };
  }

  @Test
  void transportKeyIsDerivedOnceAtItsPathAndKept() throws Exception {
    try (ServiceKeys keys = new ServiceKeys(platform(33))) {
      X25519KeyPair first = keys.transport();
      assertThat(keys.transport()).isSameAs(first);
      try (X25519KeyPair expected = new X25519KeyPair(SecretBytes.moveFrom(new byte[32]))) {
        assertThat(first.publicKey()).isEqualTo(expected.publicKey());
      }
    }
    assertThat(paths).containsExactly("mero-kms/transport/x25519/v1");
  }

  @Test
  void threadsThatAskAtOnceGetTheSameKey() throws Exception {
    try (ServiceKeys keys = new ServiceKeys(platform(32));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<X25519KeyPair>> given = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        given.add(threads.submit(keys::transport));
      }
      for (Future<X25519KeyPair> one : given) {
        assertThat(one.get()).isSameAs(keys.transport());
      }
    }
    assertThat(paths).hasSize(1);
  }

  @Test
  void platformThatGivesTooLittleGivesNothing() {
    try (ServiceKeys keys = new ServiceKeys(platform(31))) {
      assertThatThrownBy(keys::transport)
          .isInstanceOf(KeyDerivationException.class)
          .hasMessageContaining("31 bytes");
    }
  }

  @Test
  void failureIsNotKept() throws Exception {
    KeyDeriver platform = platform(32);
    try (ServiceKeys keys =
        new ServiceKeys(path -> {
          SecretBytes key = platform.derive(path);
          if (paths.size() == 1) {
            throw new KeyDerivationException("not now");
          }
          return key;
        })) {
      assertThatThrownBy(keys::transport).isInstanceOf(KeyDerivationException.class);
      assertThat(keys.transport()).isNotNull();
    }
  }

  @Test
  void closedKeysAreWipedAndThoseNeverAskedForNeedNone() throws Exception {
    new ServiceKeys(platform(32)).close();
    ServiceKeys keys = new ServiceKeys(platform(32));
    X25519KeyPair transport = keys.transport();
    keys.close();
    Bytes nonce = Bytes.of(new byte[ReportData.SIZE / 2]);
    try (X25519KeyPair other = new X25519KeyPair(SecretBytes.moveFrom(new byte[32]));
        SecretBytes root = SecretBytes.moveFrom(new byte[RootSeal.ROOT_SIZE])) {
      assertThatIllegalStateException()
          .isThrownBy(
              () -> RootSeal.seal(root, transport, other.publicKey(), nonce, new SecureRandom()));
    }
  }
}
