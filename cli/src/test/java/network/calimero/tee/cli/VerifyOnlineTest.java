package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerifyOnlineTest {
  @TempDir Path directory;

  private PcsServer pcs;

  @BeforeEach
  void start() throws IOException {
    pcs = PcsServer.start();
  }

  @AfterEach
  void stop() {
    pcs.close();
  }

  private Cli.Result verify(Simulated simulated, URI... bases) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("quote", "verify", simulated.quote(), "--root", simulated.root()));
    for (URI base : bases) {
      args.add("--pccs");
      args.add(base);
    }
    args.add("--json");
    return Cli.run(args.toArray());
  }

  @Test
  void verifiesWithFetchedCollateral() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    pcs.serve(simulated.platform().collateral());
    Cli.Result result = verify(simulated, pcs.baseUri());
    assertThat(result.exit()).isEqualTo(Exits.OK);
    assertThat(result.json().path("tcbStatus").stringValue()).isEqualTo("UpToDate");
  }

  @Test
  void asksTheNextServiceWhereTheFirstFails() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    pcs.serve(simulated.platform().collateral());
    try (PcsServer broken = PcsServer.start()) {
      broken.fault("", new HttpFault.Status(500));
      assertThat(verify(simulated, broken.baseUri(), pcs.baseUri()).exit()).isEqualTo(Exits.OK);
      assertThat(broken.requests()).isNotEmpty();
    }
  }

  @Test
  void saysThatNothingIsKnownWithoutCollateral() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result = verify(simulated, pcs.baseUri());
    assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
    JsonNode json = result.json();
    assertThat(json.path("verified").isNull()).isTrue();
    assertThat(json.path("tcbStatus").isNull()).isTrue();
    assertThat(json.path("statusAllowed").isNull()).isTrue();
    assertThat(json.at("/failure/code").stringValue()).startsWith("collateral_");
    assertThat(json.at("/failure/advice").stringValue()).isNotEmpty();
    Cli.Result text =
        Cli.run(
            "quote",
            "verify",
            simulated.quote(),
            "--root",
            simulated.root(),
            "--pccs",
            pcs.baseUri());
    assertThat(text.firstLine()).startsWith("NO VERDICT");
    assertThat(text.out()).doesNotContain("REJECTED", "AUTHENTIC", " passed");
  }

  @Test
  void saysThatNothingIsKnownWhereNobodyListens() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    URI gone = pcs.baseUri();
    pcs.close();
    Cli.Result result = verify(simulated, gone);
    assertThat(result.exit()).isEqualTo(Exits.NO_VERDICT);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("collateral_unreachable");
  }

  @Test
  void rejectsCollateralThatIsThereButExpired() throws IOException {
    Simulated simulated =
        Simulated.of(SimulatedPlatform.builder(Cli.NOW).tcbInfoExpired(), directory);
    pcs.serve(simulated.platform().collateral());
    Cli.Result result = verify(simulated, pcs.baseUri());
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("tcb_info_expired");
    assertThat(result.json().at("/steps/0/outcome").stringValue()).isEqualTo("not_reached");
  }

  @Test
  void rejectsCollateralThatIsThereButInNoForm() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    pcs.serve(simulated.platform().collateral());
    pcs.fault("", new HttpFault.ChangeBody(body -> "<html>hello</html>".getBytes(UTF_8)));
    Cli.Result result = verify(simulated, pcs.baseUri());
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().path("verified").booleanValue(true)).isFalse();
    pcs.clearFaults().fault("", new HttpFault.Oversize(1L << 30));
    assertThat(verify(simulated, pcs.baseUri()).exit()).isEqualTo(Exits.REJECTED);
  }

  @Test
  void knowsNothingWhileOneServerCouldNotBeAsked() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    pcs.serve(simulated.platform().collateral());
    pcs.fault("", new HttpFault.ChangeBody(body -> "<html>hello</html>".getBytes(UTF_8)));
    try (PcsServer gone = PcsServer.start()) {
      gone.fault("", new HttpFault.Status(503));
      assertThat(verify(simulated, pcs.baseUri(), gone.baseUri()).exit())
          .isEqualTo(Exits.NO_VERDICT);
    }
  }

  @Test
  void asksForNothingBeforeThePlatformHasProvenItself() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Simulated stranger = Simulated.upToDate(Files.createDirectory(directory.resolve("stranger")));
    pcs.serve(stranger.platform().collateral());
    Cli.Result result =
        Cli.run(
            "quote",
            "verify",
            stranger.quote(),
            "--root",
            simulated.root(),
            "--pccs",
            pcs.baseUri(),
            "--json");
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("root_untrusted");
    assertThat(pcs.requests()).isEmpty();
  }

  @Test
  void refusesAnAddressThatIsNone() throws IOException {
    Simulated simulated = Simulated.upToDate(directory);
    Cli.Result result = verify(simulated, URI.create("ftp://pccs.example.org"));
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("--pccs").contains("http");
  }
}
