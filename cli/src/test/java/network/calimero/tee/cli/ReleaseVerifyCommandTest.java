package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReleaseVerifyCommandTest {
  private static final String MANIFEST = "kms-phala-release-manifest.json";

  @TempDir Path directory;

  private static SimulatedRelease generationA() {
    return SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
  }

  @ParameterizedTest
  @CsvSource({"2.3.40, A", "2.3.74, B", "2.3.112, C"})
  void saysWhatWasCheckedAndHow(String version, ReleaseGeneration generation) throws IOException {
    try (ServedRelease served =
        new ServedRelease(directory, SimulatedRelease.of(version, generation))) {
      Cli.Result result = served.run("verify", "mero-tee-v" + version);
      assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
      assertThat(result.firstLine())
          .isEqualTo(
              "GENUINE: release %s of calimero-network/mero-tee, under a trusted root that is NOT"
                      .formatted(version)
                  + " Sigstore's");
      assertThat(result.out())
          .contains("generation              " + generation)
          .contains("passed   published-mrtds.json", "signature (cosign bundle): log index ")
          .contains(served.root().toString());
      assertThat(result.err()).contains("downloaded published-mrtds.json (");
    }
  }

  @Test
  void todaysBundlesVerifyToo() throws IOException {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.112", ReleaseGeneration.C).todaysBundles().build();
    try (ServedRelease served = new ServedRelease(directory, release)) {
      Cli.Result result = served.run("verify", "2.3.112");
      assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
      assertThat(result.out()).contains("signature (Sigstore bundle): log index ");
    }
  }

  @Test
  void saysTheSameToPrograms() throws IOException {
    try (ServedRelease served = new ServedRelease(directory, generationA())) {
      JsonNode json = served.run("verify", "2.3.40", "--json").json();
      assertThat(json.path("verified").booleanValue(false)).isTrue();
      assertThat(json.path("generation").stringValue()).isEqualTo("A");
      assertThat(json.at("/trustedRoot/origin").stringValue()).isEqualTo("given");
      assertThat(json.at("/signers/exact").booleanValue(false)).isTrue();
      assertThat(json.path("assets")).hasSize(18);
      JsonNode signer = json.at("/assets/0/signer");
      assertThat(signer.path("identity").stringValue()).contains("release-kms-phala.yaml@");
      assertThat(signer.path("repositoryId").stringValue()).isEqualTo("1171521817");
      assertThat(json.path("checks"))
          .isNotEmpty()
          .allMatch(check -> check.path("result").stringValue().matches("passed|skipped"));
    }
  }

  @Test
  void saysWhatSignedAReleaseThatIsRefused() throws IOException {
    SimulatedRelease spoiled =
        generationA().signedBy(MANIFEST, who -> who.withRepository("someone/mero-tee", "42"));
    try (ServedRelease served = new ServedRelease(directory, spoiled)) {
      Cli.Result result = served.run("verify", "2.3.40");
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.firstLine()).startsWith("REFUSED: release 2.3.40");
      assertThat(result.out()).contains("someone/mero-tee", "What to do: ", "failed   " + MANIFEST);
      JsonNode json = served.run("verify", "2.3.40", "--json").json();
      assertThat(json.path("verified").booleanValue(true)).isFalse();
      assertThat(json.at("/failure/code").stringValue()).isEqualTo("signature_other_repository");
      assertThat(json.path("assets")).isEmpty();
    }
  }

  @Test
  void aLessExactSignerIsAcceptedOnlyWhenAskedForAndSaidSo() throws IOException {
    SimulatedRelease forked =
        generationA().signedBy(MANIFEST, who -> WorkflowIdentity.of("other.yaml", "Other"));
    try (ServedRelease served = new ServedRelease(directory, forked)) {
      assertThat(served.run("verify", "2.3.40").exit()).isEqualTo(Exits.REJECTED);
      String any = "^https://github.com/calimero-network/mero-tee/";
      Cli.Result result = served.run("verify", "2.3.40", "--identity-regexp", any);
      assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
      assertThat(result.out()).contains("whoever matches " + any, "Note: WEAKER than by default");
      Cli.Result other = served.run("verify", "2.3.40", "--identity-regexp", "x", "--json");
      assertThat(other.json().at("/failure/code").stringValue())
          .isEqualTo("release_identity_not_matched");
    }
  }

  @Test
  void anotherIssuerIsBelievedOnlyWhenNamed() throws IOException {
    try (ServedRelease served = new ServedRelease(directory, generationA())) {
      Cli.Result result =
          served.run("verify", "2.3.40", "--issuer", "https://gitlab.com", "--json");
      assertThat(result.json().at("/failure/code").stringValue())
          .isEqualTo("signature_other_issuer");
    }
  }

  @Test
  void refusesAVersionBelowTheMinimumWithoutAskingAnybody() throws IOException {
    try (ServedRelease served = new ServedRelease(directory, generationA())) {
      Cli.Result result = served.run("verify", "2.3.40", "--min-version", "2.3.41", "--json");
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.json().at("/failure/code").stringValue())
          .isEqualTo("release_version_below_minimum");
      assertThat(served.server().requests()).isEmpty();
    }
  }

  @Test
  void asksTheMirrorsForWhatTheFirstServerLacks() throws IOException {
    SimulatedRelease release = generationA();
    try (ServedRelease served = new ServedRelease(directory, release);
        ReleaseServer mirror = ReleaseServer.start().serve(release)) {
      served.server().fault(MANIFEST, new HttpFault.Status(404));
      served.server().fault("published-mrtds.json", new HttpFault.Status(500));
      assertThat(served.run("verify", "2.3.40").exit()).isEqualTo(Exits.REJECTED);
      Cli.Result result =
          served.runIn(
              Map.of("RELEASES_MIRRORS", "http://127.0.0.1:9/nobody, " + mirror.releases()),
              "verify",
              "2.3.40");
      assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
      assertThat(result.out()).contains(mirror.releases().toString());
      assertThat(mirror.requests()).anyMatch(request -> request.path().endsWith(MANIFEST));
    }
  }

  @Test
  void goesByTheProxiesOfTheEnvironment() throws IOException {
    SimulatedRelease release = generationA();
    try (ServedRelease served = new ServedRelease(directory, release)) {
      String elsewhere = "http://releases.example.org" + served.server().releases().getPath();
      String proxy = "http://127.0.0.1:" + served.server().port();
      Object[] command = {
        "release", "verify", "2.3.40", "--releases-url", elsewhere, "--trusted-root", served.root()
      };
      Cli.Result result = Cli.runIn(Map.of("http_proxy", proxy), command);
      assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
      Cli.Result direct =
          Cli.runIn(Map.of("HTTP_PROXY", proxy, "NO_PROXY", ".example.org"), command);
      assertThat(direct.exit()).isEqualTo(Exits.NO_VERDICT);
      Cli.Result wrong = Cli.runIn(Map.of("http_proxy", "http://u:secret@proxy"), command);
      assertThat(wrong.exit()).isEqualTo(Exits.USAGE);
      assertThat(wrong.err()).contains("http_proxy").doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--releases-url, ftp://example.org",
    "--mirror, https://user:secret@example.org",
    "--timeout, 0",
    "--repository, mero-tee",
    "--min-version, two",
    "--identity-regexp, (",
  })
  void refusesWhatCannotBeMeant(String option, String value) {
    Cli.Result result = Cli.run("release", "verify", "2.3.40", option, value);
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err())
        .contains(option.equals("--min-version") ? "two" : option)
        .doesNotContain("secret");
  }

  @Test
  void refusesWhatIsNoVersion() {
    Cli.Result result = Cli.run("release", "verify", "../../etc");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("no version of a release");
  }

  @Test
  void saysThatNothingIsKnownWhereNobodyAnswers() throws IOException {
    try (ServedRelease served = new ServedRelease(directory, generationA())) {
      served.server().close();
      Cli.Result result = served.run("verify", "2.3.40", "--json");
      assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
      assertThat(result.json().path("verified").isNull()).isTrue();
      assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("release_unreachable");
    }
  }

  @Test
  void onlyOneFormOfReportIsPrinted() {
    Cli.Result both = Cli.run("release", "verify", "2.3.40", "--lines", "--json");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.err()).contains("--lines and --json");
  }
}
