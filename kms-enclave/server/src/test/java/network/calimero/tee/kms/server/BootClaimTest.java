package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.simulator.SimulatedPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program on a guest whose register is an ordinary file: what is written to it is seen as it
 * was written, and the test extends in the kernel's place.
 */
class BootClaimTest {
  private static final Map<String, String> DEBUG =
      Map.of("LISTEN_ADDR", "127.0.0.1:0", "MERO_KMS_PROFILE", "debug");

  @TempDir Path folder;

  private Path log;
  private Path register;
  private String[] arguments;

  @BeforeEach
  void boot() throws IOException {
    log = Files.createFile(folder.resolve("runtime_events.log"));
    Path guest = folder.resolve("tdx_guest");
    register = guest.resolve("measurements/rtmr3:sha384");
    Files.createDirectories(register.getParent());
    Files.write(register, new byte[48]);
    Path root = folder.resolve("root.der");
    Files.write(root, SimulatedPlatform.at(Instant.now()).pki().root().der());
    arguments = new String[] {root.toString(), guest.toString(), log.toString()};
  }

  private Serving serve(Map<String, String> environment) throws IOException {
    return new Serving(SimulatedMain.class, environment, arguments);
  }

  private static List<String> payloads(Map<String, String> environment) throws Exception {
    return List.of(
        "calimero.kms.profile=" + KmsConfig.read(environment, Image.SILENT).profile().text(),
        "calimero.kms.security-settings="
            + KmsConfig.read(environment, Image.SILENT).securityDigest());
  }

  private static byte[] sha384(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-384");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static String name(String payload) {
    return payload.substring(0, payload.indexOf('='));
  }

  private static byte[] digest(String payload) throws Exception {
    return sha384(
        new byte[] {1, 0, 0, 8},
        (":" + name(payload) + ":" + payload).getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(String payload) {
    return "{\"event\":\"%s\",\"payload\":\"%s\"}\n"
        .formatted(
            name(payload),
            Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.US_ASCII)));
  }

  private void measured(List<String> payloads) throws Exception {
    byte[] value = new byte[48];
    StringBuilder lines = new StringBuilder();
    for (String payload : payloads) {
      value = sha384(value, digest(payload));
      lines.append(line(payload));
    }
    Files.write(register, value);
    Files.writeString(log, lines);
  }

  @Test
  void profileAndSettingsAreMeasuredAtTheStart() throws Exception {
    List<String> claim = payloads(DEBUG);
    try (Serving kms = serve(DEBUG)) {
      assertThat(log).hasContent(line(claim.get(0)) + line(claim.get(1)));
      assertThat(register).hasBinaryContent(digest(claim.get(1)));
      assertThat(kms.process.isAlive()).isTrue();
    }
  }

  @Test
  void restartThatFindsTheSameAddsNothing() throws Exception {
    measured(payloads(DEBUG));
    byte[] value = Files.readAllBytes(register);
    String lines = Files.readString(log);
    try (Serving _ = serve(DEBUG)) {
      assertThat(register).hasBinaryContent(value);
      assertThat(log).hasContent(lines);
    }
  }

  @Test
  void otherProfileSinceTheBootEndsItWithCode1() throws Exception {
    Map<String, String> locked = new HashMap<>(DEBUG);
    locked.put("MERO_KMS_PROFILE", "locked-read-only");
    measured(payloads(locked));

    assertRefused("calimero.kms.profile=locked-read-only", "calimero.kms.profile=debug");
  }

  @Test
  void otherSettingsSinceTheBootEndItWithCode1() throws Exception {
    Map<String, String> plain = new HashMap<>(DEBUG);
    plain.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
    measured(payloads(plain));

    assertRefused(payloads(plain).get(1), payloads(DEBUG).get(1));
  }

  private void assertRefused(String... reasons) throws Exception {
    Process process = Serving.start(SimulatedMain.class, DEBUG, arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err.lines()).hasSize(1);
    assertThat(err).startsWith("error: ").contains(reasons).contains("reboot the VM");
    assertThat(out).doesNotContain("server.started");
  }

  @Test
  void notPossibleIsOneWarningAndItServes() throws Exception {
    Files.delete(log);
    Process process = Serving.start(SimulatedMain.class, DEBUG, arguments);
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      List<JsonNode> untilServing =
          lines
              .lines()
              .map(JsonMapper.shared()::readTree)
              .takeWhile(event -> !event.get("event").stringValue().equals("server.started"))
              .filter(event -> event.get("event").stringValue().startsWith("rtmr3."))
              .toList();

      assertThat(untilServing).hasSize(1);
      JsonNode warning = untilServing.getFirst();
      assertThat(warning.get("event").stringValue()).isEqualTo("rtmr3.not_measured");
      assertThat(warning.get("level").stringValue()).isEqualTo("warn");
      assertThat(warning.get("details").stringValue()).contains(log.toString());
      assertThat(register).hasBinaryContent(new byte[48]);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void replicasInPlainTdxVmsNeverTouchTheRegister() throws Exception {
    Map<String, String> replica = new HashMap<>(Site.policyVariables());
    replica.putAll(DEBUG);
    replica.put("MERO_KMS_BACKEND", "tdx");
    replica.put("MERO_KMS_BOOTSTRAP", "true");
    Process process = Serving.start(SimulatedMain.class, replica, arguments);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err).contains("no quote about itself");
    assertThat(register).hasBinaryContent(new byte[48]);
    assertThat(log).isEmptyFile();
  }
}
