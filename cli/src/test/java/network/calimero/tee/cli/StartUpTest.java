package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it loads. */
class StartUpTest {
  private static final String SIGSTORE_JAVA = "dev.sigstore.";

  @TempDir Path directory;

  @Test
  void loadsSigstoreJavaForTodaysBundlesOnly() throws Exception {
    SimulatedSigstore service = SimulatedSigstore.at(Cli.NOW);
    byte[] content =
        SimulatedRelease.of("2.3.74", ReleaseGeneration.B)
            .file("kms-phala-attestation-policy.debug.json");
    SignedArtifact signed = service.sign(content, WorkflowIdentity.kms(true), Cli.NOW);
    Path policy = Files.write(directory.resolve("policy.json"), content);
    Path root = Files.write(directory.resolve("root.json"), service.trustedRootJson());
    Path older = Files.write(directory.resolve("older.json"), signed.cosignBundle());
    Path todays = Files.write(directory.resolve("todays.json"), signed.bundle());
    List<Object> verify = List.of("policy", "verify", policy, "--trusted-root", root, "--bundle");

    assertThat(loaded(verify, older)).doesNotContain(SIGSTORE_JAVA, "com.google.protobuf.");
    assertThat(loaded(List.of("release"), "trusted-root"))
        .doesNotContain(SIGSTORE_JAVA, "com.google.protobuf.");
    assertThat(loaded(verify, todays)).contains(SIGSTORE_JAVA);
  }

  /** The names of the classes that a successful run loads. */
  private String loaded(List<Object> arguments, Object last)
      throws IOException, InterruptedException {
    Path log = directory.resolve("classes.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:class+load:file=" + log, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    command.add(last.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), UTF_8);
    }
    assertThat(process.waitFor()).as(said).isZero();
    return Files.readString(log);
  }
}
