package network.calimero.tee.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the development program says when it is started wrongly. */
class SimulatedKmsTest {
  @TempDir Path folder;

  private String outputOf(int expectedCode, Path root, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(KmsChild.simulated(root));
    command.addAll(List.of(more));
    Path log = folder.resolve("log");
    try (KmsChild kms = KmsChild.start(command, Map.of("LISTEN_ADDR", "127.0.0.1:0"), log)) {
      assertThat(kms.ended().join()).isEqualTo(expectedCode);
    }
    return Files.readString(log);
  }

  @Test
  void missingRootIsSaid() throws Exception {
    assertThat(outputOf(2, folder.resolve("none.pem"))).contains("--root", "none.pem");
  }

  @Test
  void rootThatIsNoCertificateIsSaid() throws Exception {
    Path root = Files.writeString(folder.resolve("root.pem"), "no certificate");

    assertThat(outputOf(2, root)).contains("--root", "root.pem", "certificate");
  }

  @Test
  void unknownArgumentShowsTheUsage() throws Exception {
    assertThat(outputOf(2, folder.resolve("root.pem"), "--intel")).contains("Usage: SimulatedKms");
  }
}
