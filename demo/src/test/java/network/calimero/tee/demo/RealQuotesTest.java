package network.calimero.tee.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.GuestQuote;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.server.DstackPlatform;
import network.calimero.tee.kms.server.KmsServer;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsError;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pcs.PcsServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real quotes through the real door: a KMS wired as production wires it, under Intel's root, at the
 * recorded times, with the collateral that Intel signed then, over HTTP.
 */
class RealQuotesTest {
  private static final Path CORPUS = Path.of(System.getProperty("mero.corpus", "../shared/corpus"));
  private static final String INVALID_CHALLENGE = "invalid_challenge";
  private static final String UNPROVEN = "attestation_verification_failed";

  private static JsonNode verdicts() throws IOException {
    Path file = CORPUS.resolve("EXPECTED.json");
    boolean there = Files.isRegularFile(file);
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus at " + CORPUS + " (set -Dmero.corpus=…): real quotes were not tried");
    }
    assumeTrue(there, "no corpus at " + CORPUS);
    return JsonMapper.shared().readTree(Files.readAllBytes(file)).get("verdicts");
  }

  /** One row of the corpus: a quote, its collateral, a time, and what must come of it. */
  private record Row(JsonNode json) {
    String name() {
      return json.get("quote").stringValue();
    }

    boolean isTdx() {
      return name().startsWith("quotes/tdx");
    }

    boolean mustBeAccepted() {
      return json.get("must").stringValue().equals("accept");
    }

    String expected() {
      return mustBeAccepted()
          ? json.get("must_status").stringValue() + json.get("must_advisories")
          : "rejected";
    }

    Instant now() {
      return Instant.ofEpochSecond(json.get("now").longValue());
    }

    byte[] quote() throws IOException {
      return Files.readAllBytes(CORPUS.resolve(name()));
    }

    SimulatedCollateral collateral() throws IOException {
      Path bundle = CORPUS.resolve(json.get("bundle").stringValue());
      return SimulatedCollateral.parse(Files.readString(bundle));
    }
  }

  /** A KMS of production's wiring at the time of a row, and the collateral of that row. */
  private static final class Door implements AutoCloseable {
    private final Instant now;
    private final PcsServer pcs;
    private final DstackPlatform platform;
    private final KmsServer kms;

    Door(Row row) throws Exception {
      now = row.now();
      pcs = PcsServer.start().serve(row.collateral());
      Map<String, String> variables = new HashMap<>();
      variables.put("LISTEN_ADDR", "127.0.0.1:0");
      variables.put("PCS_URLS", pcs.baseUri().toString());
      variables.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
      variables.put("USE_ENV_POLICY", "true");
      for (Register register : Register.values()) {
        variables.put("ALLOWED_" + register, "00".repeat(48));
      }
      KmsConfig config = KmsConfig.read(variables, Image.SILENT);
      platform =
          DstackPlatform.open(
              config,
              TrustAnchor.intel(),
              InstantSource.fixed(now),
              new FreshnessGuard(Instant.EPOCH, Minimums.NONE, new SeenCollateral()),
              new SecureRandom());
      kms = KmsServer.start(config, platform.ports(), HttpLimits.DEFAULT, event -> {});
    }

    /** What its verification says, in the words of {@link Row#expected}. */
    String verdict(byte[] bytes) throws CollateralUnavailableException, QuoteFormatException {
      OnlineVerifier verifier =
          new OnlineVerifier(platform.ports().verifier(), platform.ports().collateral());
      try {
        VerifiedQuote verified = verifier.verify(Quote.parse(Bytes.of(bytes)), now);
        return verified.tcb().status().text()
            + JsonMapper.shared().valueToTree(verified.tcb().advisoryIds());
      } catch (VerificationException e) {
        return "rejected";
      }
    }

    /** The error with which {@code /get-key} answers a request around that quote. */
    String answer(byte[] quote) throws NodeException {
      try (KmsClient client = new KmsClient(kms.address());
          Node node = new Node(client, InstantSource.fixed(now), Door::noMachine)) {
        node.send(node.request(node.challenge(), quote)).close();
        return "a key";
      } catch (NodeException e) {
        return e.error().map(KmsError::tag).orElseThrow(() -> e);
      }
    }

    private static GuestQuote noMachine(byte[] reportData) throws GuestException {
      throw new AssertionError("these quotes are from the corpus");
    }

    @Override
    public void close() {
      kms.close();
      platform.close();
      pcs.close();
    }
  }

  @Test
  void itsVerificationGivesTheVerdictsOfAllTdxRows() throws Exception {
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (JsonNode json : verdicts()) {
      Row row = new Row(json);
      if (row.isTdx()) {
        rows++;
        try (Door door = new Door(row)) {
          String verdict = door.verdict(row.quote());
          String answer = door.answer(row.quote());
          boolean right = verdict.equals(row.expected());
          boolean refused =
              row.mustBeAccepted()
                  ? answer.equals(INVALID_CHALLENGE)
                  : List.of(INVALID_CHALLENGE, UNPROVEN).contains(answer);
          if (!right || !refused) {
            wrong.add(row.name() + ": " + verdict + ", " + answer + ", not " + row.expected());
          }
        }
      }
    }
    System.out.println("real TDX quotes through the KMS: " + rows + ", wrong: " + wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(rows).isEqualTo(64);
  }

  @Test
  void everySgxQuoteIsRefusedAsSuch() throws Exception {
    List<String> answers = new ArrayList<>();
    for (JsonNode json : verdicts()) {
      Row row = new Row(json);
      if (!row.isTdx()) {
        try (Door door = new Door(row)) {
          answers.add(door.answer(row.quote()));
        }
      }
    }
    System.out.println("real SGX quotes through the KMS: " + answers.size());
    assertThat(answers).hasSize(35).containsOnly(UNPROVEN);
  }
}
