package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;

/** A demonstration that could not fail would show nothing. */
class ScenarioTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(new PrintStream(bytes, true, UTF_8), false);

  private String output() {
    return bytes.toString(UTF_8);
  }

  private static Map<Register, Set<Measurement>> expected(SimulatedSite site) {
    return site.kmsMeasurements().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> Set.of(it.getValue())));
  }

  @Test
  void kmsThatDoesNotEnforceItsPolicyIsFoundOut() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("ENFORCE_MEASUREMENT_POLICY", "false");
      environment.put("MERO_KMS_PROFILE", "debug");
      try (KmsChild kms =
          KmsChild.start(
              KmsChild.simulated(site.root(), KmsChild.FIRST_COMPILER),
              environment,
              site.file("kms.log"))) {
        boolean good = new Scenario(site, expected(site), kms.awaitHealth(), screen).play();

        assertThat(good).isFalse();
        assertThat(output().lines())
            .anyMatch(line -> line.matches(" {2}✗ an out-of-date platform.*A KEY CAME BACK.*"))
            .anyMatch(line -> line.matches(" {2}✗ another image.*A KEY CAME BACK.*"))
            .anyMatch(line -> line.startsWith("  ✓ a debug TD"))
            .contains("11 of 13 attacks refused");
      }
    }
  }

  @Test
  void withoutAKmsNothingIsAsItMust() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      boolean good = new Scenario(site, expected(site), URI.create(site.pcsUrl()), screen).play();

      assertThat(good).isFalse();
      assertThat(output()).contains("✗ node A fetches its key").doesNotContain("✓");
    }
  }

  @Test
  void kmsThatCannotStartSaysWhy() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now())) {
      Map<String, String> environment = site.kmsEnvironment();
      environment.put("CHALLENGE_TTL_SECS", "soon");
      try (KmsChild kms =
          KmsChild.start(
              KmsChild.simulated(site.root(), KmsChild.FIRST_COMPILER),
              environment,
              site.file("kms.log"))) {
        assertThat(catchThrowable(kms::awaitHealth)).hasMessageContaining("CHALLENGE_TTL_SECS");
      }
    }
  }
}
