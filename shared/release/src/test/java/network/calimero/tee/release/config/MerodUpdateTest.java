package network.calimero.tee.release.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.release.policy.PolicyText;
import org.junit.jupiter.api.Test;

class MerodUpdateTest {
  private final Map<String, String> set = new LinkedHashMap<>();

  private static MerodUpdate update(String home) throws Exception {
    MerodConfig config =
        new MerodConfigMaker(
                "2.3.40",
                Profile.LOCKED_READ_ONLY,
                KmsUrl.of("https://kms.example.org"),
                Layout.PHALA)
            .make(
                new PolicyAsset("policy.json", false),
                PolicyText.bytes(PolicyText.policy("2.3.40", "locked-read-only")));
    return new MerodUpdate(config, home, "default");
  }

  private int merod(List<String> arguments) {
    assertThat(arguments.subList(0, 5))
        .containsExactly("--home", "/data", "--node", "default", "config");
    String[] assignment = arguments.get(5).split("=", 2);
    set.put(assignment[0], assignment[1]);
    return 0;
  }

  @Test
  void setsEveryValueInOrderAndAgainWithoutAChange() throws Exception {
    MerodUpdate.Result result = update("/data").run(this::merod);

    assertThat(result.failure()).isEmpty();
    assertThat(result.open()).isEmpty();
    assertThat(result.done()).containsExactlyElementsOf(set.keySet());
    assertThat(set.keySet().stream().map(key -> key.substring(key.lastIndexOf('.') + 1)))
        .containsExactly(
            "url",
            "enabled",
            "accept_mock",
            "allowed_tcb_statuses",
            "allowed_mrtd",
            "allowed_rtmr0",
            "allowed_rtmr1",
            "allowed_rtmr2",
            "allowed_rtmr3",
            "binding_b64");
    assertThat(set)
        .containsEntry("tee.kms.phala.url", "\"https://kms.example.org/\"")
        .containsEntry("tee.kms.phala.attestation.enabled", "true")
        .containsEntry("tee.kms.phala.attestation.allowed_tcb_statuses", "[\"uptodate\"]");
    Map<String, String> before = Map.copyOf(set);
    update("/data").run(this::merod);
    assertThat(set).isEqualTo(before);
  }

  @Test
  void stopsAtTheFirstFailureAndTellsWhatIsSetAndWhatIsNot() throws Exception {
    MerodUpdate.Result failed =
        update("/data").run(arguments -> set.size() == 3 ? 7 : merod(arguments));

    assertThat(failed.done()).hasSize(3);
    assertThat(failed.failure().orElseThrow())
        .contains("exit code 7", "tee.kms.phala.attestation.allowed_tcb_statuses");
    assertThat(failed.open())
        .hasSize(7)
        .startsWith("tee.kms.phala.attestation.allowed_tcb_statuses");

    MerodUpdate.Result missing =
        update("/data")
            .run(_ -> {
              throw new IOException("no such program");
            });
    assertThat(missing.done()).isEmpty();
    assertThat(missing.open()).hasSize(10);
    assertThat(missing.failure().orElseThrow()).contains("no such program");
  }

  @Test
  void linesAreForAShell() throws Exception {
    List<String> lines = update("/my 'data'").lines();

    assertThat(lines).hasSize(10);
    assertThat(lines.get(0))
        .isEqualTo(
            "merod --home '/my '\\''data'\\''' --node default config"
                + " 'tee.kms.phala.url=\"https://kms.example.org/\"'");
    assertThat(lines.get(1))
        .endsWith(" --node default config tee.kms.phala.attestation.enabled=true");
  }
}
