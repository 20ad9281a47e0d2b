package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InspectCommandTest {
  @TempDir Path directory;

  @Test
  void showsEveryFieldAndSaysThatNothingIsProven() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result = Cli.run("quote", "inspect", simulated.quote());
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Found: binary", "TDX quote, version 4", "MRTD", "RTMR3", "report data")
        .contains("FMSPC", simulated.platform().fmspc().toLowerCase(Locale.ROOT))
        .contains("Nothing of it is proven");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void givesTheSameFieldsAsJson() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    JsonNode json = Cli.run("quote", "inspect", simulated.quote(), "--json").json();
    assertThat(json.path("version").intValue()).isEqualTo(4);
    assertThat(json.path("proven").booleanValue(true)).isFalse();
    assertThat(json.path("mrtd").stringValue()).matches("[0-9a-f]{96}");
    assertThat(json.path("reportData").stringValue())
        .startsWith(HexFormat.of().formatHex("report data".getBytes(UTF_8)));
    assertThat(json.at("/pckCertificate/fmspc").stringValue())
        .isEqualToIgnoringCase(simulated.platform().fmspc());
    assertThat(json.at("/input/encoding").stringValue()).isEqualTo("binary");
  }

  @Test
  void findsAQuoteOnStandardInputInTheAnswerOfANode() throws IOException {
    byte[] quote = Simulated.upToDate(directory).rawQuote();
    String answer =
        "{\"data\":{\"quoteB64\":\"%s\"}}".formatted(Base64.getEncoder().encodeToString(quote));
    Cli.Result result = Cli.runWithInput(answer.getBytes(UTF_8), "quote", "inspect", "-", "--json");
    assertThat(result.json().at("/input/field").stringValue()).isEqualTo("data.quoteB64");
    assertThat(result.json().at("/input/encoding").stringValue()).isEqualTo("base64");
  }

  @Test
  void refusesWhatIsNoQuoteWithAReasonAndNoStackTrace() {
    Cli.Result result = Cli.runWithInput("hello".getBytes(UTF_8), "quote", "inspect", "-");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("error:", "neither hex nor base64", "give a quote as it is")
        .doesNotContain("\tat ", "step");
    JsonNode json =
        Cli.runWithInput("hello".getBytes(UTF_8), "quote", "inspect", "-", "--json").json();
    assertThat(json.has("verified")).isFalse();
    assertThat(json.at("/failure/step").isNull()).isTrue();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("quote_malformed");
  }

  @Test
  void refusesInputOverItsLimit() {
    Cli.Result result =
        Cli.runWithInput(new byte[(1 << 20) + 1], "quote", "inspect", "-", "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/message").stringValue()).contains("at most 1048576");
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = directory.resolve("missing.bin");
    Cli.Result result = Cli.run("quote", "inspect", missing);
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains(missing.toString(), "there is no such file");
  }

  @Test
  void namesThePlatformOfARealQuote() {
    Path quote = Corpus.path("quotes/sgx-v3/00606a000000-b69ac41b2c.bin");
    JsonNode json = Cli.run("quote", "inspect", quote, "--json").json();
    assertThat(json.at("/pckCertificate/fmspc").stringValue()).isEqualTo("00606a000000");
  }

  @Test
  void showsAQuoteWhosePckCertificateCannotBeRead() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    byte[] quote = simulated.rawQuote();
    String text = new String(quote, ISO_8859_1);
    int pem = text.indexOf("-----BEGIN");
    Arrays.fill(quote, pem, pem + 60, (byte) 'x');
    Files.write(simulated.quote(), quote);
    Cli.Result result = Cli.run("quote", "inspect", simulated.quote());
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("MRTD").contains("Nothing of it is proven");
  }
}
