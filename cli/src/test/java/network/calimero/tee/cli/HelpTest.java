package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "quote inspect",
        "quote verify",
        "kms attest",
        "kms get-key",
        "kms config",
        "eventlog replay",
        "policy verify",
        "policy lint",
        "policy explain",
        "policy diff",
        "policy candidates",
        "release verify",
        "release fetch",
        "release show",
        "release diff",
        "policy generate",
        "policy apply",
        "release trusted-root",
        "calimero-tee-verify",
        "verify-report"
      })
  void everyCommandTeachesItsExitCodesAndShowsExamples(String command) {
    Cli.Result result = Cli.run((Object[]) (command + " --help").split(" "));
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Usage: mero-tee " + command, "Exit codes:", "Examples:", "--json")
        .contains("mero-tee " + command + " ");
    assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quote verify", "kms attest", "kms get-key", "eventlog replay"})
  void explainsAllFiveExitCodesWhereThereAreFive(String command) {
    String help = Cli.run((Object[]) (command + " --help").split(" ")).out();
    assertThat(help.lines().filter(line -> line.matches(" {2}[0-4] {3}\\S.*"))).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "quote --help",
        "kms --help",
        "eventlog --help",
        "policy --help",
        "release --help"
      })
  void groupsShowTheirCommandsAndExamples(String command) {
    Cli.Result result = Cli.run((Object[]) command.split(" "));
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Commands:", "Examples:");
  }

  @Test
  void listsTheCommandsOfAGroup() {
    assertThat(Cli.run("quote", "--help").out()).contains("  inspect  ", "  verify   ");
    assertThat(Cli.run("kms", "--help").out())
        .contains("  attest   ", "  get-key  ", "  config   ");
    assertThat(Cli.run("eventlog", "--help").out()).contains("  replay  ");
  }

  @Test
  void saysItsVersion() {
    Cli.Result result = Cli.run("--version");
    assertThat(result.exit()).isZero();
    assertThat(result.firstLine()).startsWith("mero-tee ");
  }

  @Test
  void leadsOnWhereTheCommandIsMissing() {
    for (List<String> args :
        List.of(
            List.<String>of(),
            List.of("quote"),
            List.of("kms"),
            List.of("eventlog"),
            List.of("policy"),
            List.of("release"))) {
      Cli.Result result = Cli.run(args.toArray());
      assertThat(result.exit()).isEqualTo(Exits.USAGE);
      assertThat(result.err()).contains("error: which command?", "--help");
    }
  }

  @Test
  void saysWhatIsWrongWithAnOptionWithoutAStackTrace() {
    Cli.Result result = Cli.run("quote", "verify", "file", "--colateral", "x");
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("--colateral", "run 'mero-tee quote verify --help'")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhatWasProbablyMeant() {
    assertThat(Cli.run("quote", "verify", "file", "--colateral", "x").err())
        .contains("there is no option '--colateral' here; did you mean --collateral");
    assertThat(Cli.run("quote", "look", "file").err())
        .contains("there is no command 'look'; there are inspect and verify");
    assertThat(Cli.run("inspect", "file").err())
        .contains("there is no command 'inspect'; there are quote and kms");
    assertThat(Cli.run("quote", "inspect", "my", "file").err())
        .contains("'file' is one argument too many: inspect takes one FILE");
  }

  @Test
  void reportsWrongUsageAsJsonToo() {
    JsonNode json = Cli.run("quote", "verify", "--json").json();
    assertThat(json.path("verified").isNull()).isTrue();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("usage");
    assertThat(json.at("/failure/advice").stringValue()).contains("--help");
  }

  @Test
  void showsStackTracesOnlyWhenDebugging() {
    byte[] input = "no quote".getBytes(UTF_8);
    assertThat(Cli.runWithInput(input, "quote", "inspect", "-").err()).doesNotContain("\tat ");
    assertThat(Cli.runWithInput(input, "quote", "inspect", "-", "--debug").err()).contains("\tat ");
  }
}
