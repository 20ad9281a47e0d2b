package network.calimero.tee.collateral.pcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pcs.PcsPlace;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pcs.Tee;
import network.calimero.tee.simulator.pki.PckCa;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Collateral of the corpus gives the same verdict from a server as from a file. */
class CorpusOverPcsTest {
  private static final String REJECTED = "rejected";

  @Test
  void realQuotesGetTheSameVerdictsFromAServer() {
    List<String> different = new ArrayList<>();
    int same = 0;
    for (JsonNode row : Corpus.json("EXPECTED.json").get("verdicts")) {
      same += compare(TrustAnchor.intel(), "", row, row.get("quote").stringValue(), different);
    }
    System.out.println("corpus verdicts over PCS: " + same + " as from files");
    assertThat(different).isEmpty();
    assertThat(same).isEqualTo(99);
  }

  @Test
  void casesThatIntelsLibraryJudgedGetTheSameVerdictsFromAServer() {
    TrustAnchor root = TrustAnchor.of(Corpus.bytes("intel-executed/root.pem"));
    List<String> different = new ArrayList<>();
    int same = 0;
    for (JsonNode row : Corpus.json("intel-executed/CASES.json").get("cases")) {
      same += compare(root, "intel-executed/", row, row.get("case").stringValue(), different);
    }
    System.out.println("intel-executed over PCS: " + same + " as from files");
    // A file can bring the PCK chain that a quote lacks; for such a quote nothing is fetched.
    assertThat(different)
        .hasSize(8)
        .allMatch(text -> text.startsWith("cert type") && text.contains("chain in bundle"))
        .allMatch(text -> text.endsWith("PCK_CHAIN_MISSING from a server"));
    assertThat(same).isEqualTo(94);
  }

  private record Outcome(String verdict, String because) {}

  private static int compare(
      TrustAnchor root, String folder, JsonNode row, String name, List<String> different) {
    Bytes quote = Corpus.bytes(folder + row.get("quote").stringValue());
    Bytes bundle = Corpus.bytes(folder + row.get("bundle").stringValue());
    Instant now = Instant.ofEpochSecond(row.get("now").longValue());
    Outcome fromFile = fromFile(root, quote, bundle, now);
    Outcome fromServer = fromServer(root, quote, bundle, now);
    if (fromFile.verdict().equals(fromServer.verdict())) {
      return 1;
    }
    different.add(
        "%s: %s from a file, %s %s from a server"
            .formatted(name, fromFile, fromServer.verdict(), fromServer.because()));
    return 0;
  }

  private static Outcome fromFile(TrustAnchor root, Bytes quote, Bytes bundle, Instant now) {
    try {
      DcapVerifier verifier = new DcapVerifier(root, VerifierOptions.STRICT);
      return verdict(verifier.verify(Quote.parse(quote), CollateralJson.parse(bundle), now));
    } catch (VerificationException e) {
      return new Outcome(REJECTED, e.code().name());
    } catch (CollateralFormatException | QuoteFormatException e) {
      return new Outcome(REJECTED, "" + e.getMessage());
    }
  }

  private static Outcome fromServer(TrustAnchor root, Bytes quote, Bytes bundle, Instant now) {
    try (PcsServer server = SimulatedIntel.server();
        CachingCollateralSource source =
            new CachingCollateralSource(
                SimulatedIntel.bases(server),
                root,
                VerifierOptions.STRICT,
                PcsLimits.DEFAULT,
                CachePolicy.DEFAULT,
                new TestClock(now))) {
      Quote parsed = Quote.parse(quote);
      SimulatedCollateral collateral =
          SimulatedCollateral.parse(new String(bundle.toArray(), StandardCharsets.UTF_8));
      server.serve(place(parsed, collateral, root, now), collateral);
      DcapVerifier verifier = new DcapVerifier(root, VerifierOptions.STRICT);
      return verdict(new OnlineVerifier(verifier, source).verify(parsed, now));
    } catch (VerificationException e) {
      return new Outcome(REJECTED, e.code().name());
    } catch (QuoteFormatException e) {
      return new Outcome(REJECTED, "" + e.getMessage());
    } catch (CollateralUnavailableException e) {
      return new Outcome("unavailable", "" + e.getMessage());
    }
  }

  /** Where the quote's platform will look for it, even if it is another's. */
  private static PcsPlace place(
      Quote quote, SimulatedCollateral collateral, TrustAnchor root, Instant now) {
    Optional<PckChain> chain = chain(quote, root, now);
    PcsPlace place = PcsPlace.of(collateral).withTee(Tee.valueOf(quote.teeType().name()));
    return chain
        .map(c -> place.withFmspc(c.fmspc().hex()).withCa(PckCa.valueOf(c.issuer().name())))
        .orElse(place);
  }

  private static Optional<PckChain> chain(Quote quote, TrustAnchor root, Instant now) {
    try {
      return Optional.of(PckChain.authenticate(quote, root, now));
    } catch (VerificationException e) {
      return Optional.empty();
    }
  }

  private static Outcome verdict(VerifiedQuote verified) {
    return new Outcome(verified.tcb().status().text() + " " + verified.tcb().advisoryIds(), "");
  }
}
