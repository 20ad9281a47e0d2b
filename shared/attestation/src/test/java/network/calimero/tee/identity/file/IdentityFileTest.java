package network.calimero.tee.identity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import network.calimero.tee.identity.InvalidIdentityException;
import network.calimero.tee.identity.PeerKeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFileTest {

  @TempDir private Path directory;

  @Test
  void keepsAKeyPairForItsOwnerOnly() throws Exception {
    Path file = directory.resolve("identity");
    try (PeerKeyPair pair = PeerKeyPair.generate(new SecureRandom())) {
      IdentityFile.create(file, pair);
      try (PeerKeyPair loaded = IdentityFile.load(file)) {
        assertThat(loaded.peerId()).isEqualTo(pair.peerId());
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).hasSize(93).matches("[A-Za-z0-9+/]+=*\n");
  }

  @Test
  void neverOverwritesAnIdentity() throws Exception {
    Path file = directory.resolve("identity");
    try (PeerKeyPair first = PeerKeyPair.generate(new SecureRandom());
        PeerKeyPair second = PeerKeyPair.generate(new SecureRandom())) {
      IdentityFile.create(file, first);
      assertThatThrownBy(() -> IdentityFile.create(file, second))
          .isInstanceOf(FileAlreadyExistsException.class);
      try (PeerKeyPair loaded = IdentityFile.load(file)) {
        assertThat(loaded.peerId()).isEqualTo(first.peerId());
      }
    }
  }

  @Test
  void saysWhenThereIsNoFile() {
    assertThatThrownBy(() -> IdentityFile.load(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not base64!", "CAESQA==", "e30=\n\nCAESQA=="})
  void refusesOtherContentWithoutRepeatingIt(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("identity"), content);
    assertThatThrownBy(() -> IdentityFile.load(file))
        .isInstanceOf(InvalidIdentityException.class)
        .hasNoCause();
  }

  @Test
  void readsNoMoreThanAnIdentityTakes() throws IOException {
    Path file = Files.writeString(directory.resolve("identity"), "A".repeat(1_000_000));
    assertThatThrownBy(() -> IdentityFile.load(file))
        .isInstanceOf(InvalidIdentityException.class)
        .hasMessage("file is longer than 256 bytes");
  }
}
