package network.calimero.tee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.identity.InvalidPeerPublicKeyException;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.quote.CorpusQuotes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every verdict of the corpus: real quotes under Intel's root, the same with one change, and those
 * that Intel's library judged. Prints the figures.
 */
class CorpusVerdictsTest {
  private static final Map<String, Set<FailureCode>> REASONS =
      Map.of(
          "no_tcb_level", Set.of(FailureCode.NO_TCB_LEVEL),
          "debug", Set.of(FailureCode.TD_DEBUG, FailureCode.SGX_DEBUG),
          "sept_ve_disable", Set.of(FailureCode.TD_SEPT_VE_DISABLE_OFF),
          "service_td", Set.of(FailureCode.TD_SERVICE_TD, FailureCode.TD_RESERVED_ATTRIBUTES));

  /** Public keys with their peer IDs (kms-protocol.md, "libp2p identities"). */
  private static final Map<String, String> PEER_IDS =
      Map.of(
          "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e",
          "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq",
          "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99",
          "16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY");

  /** How many are right, of how many, and what is wrong with the others. */
  private static final class Figure {
    private final String name;
    private final List<String> wrong = new ArrayList<>();
    private int right;
    private int either;

    Figure(String name) {
      this.name = name;
    }

    void judge(String what, JsonNode must, Outcome outcome) {
      if (must.get("must").stringValue().equals("either")) {
        either++;
        return;
      }
      String problem = problem(must, outcome);
      judge(problem.isEmpty() ? "" : what + ": " + problem);
    }

    void judge(String problem) {
      if (problem.isEmpty()) {
        right++;
      } else {
        wrong.add(problem);
      }
    }

    @Override
    public String toString() {
      String figure = "%s %d/%d".formatted(name, right, right + wrong.size());
      return either == 0 ? figure : figure + " (and " + either + " where either answer is right)";
    }
  }

  @Test
  void everyQuoteParsesAndEveryVerdictIsAsItMustBe() {
    Figure quotes = quotes();
    Figure verdicts = verdicts();
    Figure negatives = negatives();
    Figure executed = casesThatIntelsLibraryJudged();
    Figure identities = libp2pVectors();
    List<Figure> figures = List.of(quotes, verdicts, negatives, executed, identities);
    System.out.println(
        "figures: " + figures.stream().map(Figure::toString).collect(Collectors.joining(", ")));
    assertThat(figures).allSatisfy(figure -> assertThat(figure.wrong).isEmpty());
    assertThat(figures).extracting(figure -> figure.right).containsExactly(80, 99, 90, 98, 2);
    assertThat(executed.either).isEqualTo(4);
  }

  private static Figure quotes() {
    Figure figure = new Figure("quotes");
    figure.right = CorpusQuotes.countRight(figure.wrong);
    return figure;
  }

  private static Figure verdicts() {
    Figure figure = new Figure("verdicts");
    for (JsonNode row : Corpus.json("EXPECTED.json").get("verdicts")) {
      Bytes quote = Corpus.bytes(row.get("quote").stringValue());
      Bytes bundle = Corpus.bytes(row.get("bundle").stringValue());
      Outcome outcome = verify(TrustAnchor.intel(), quote, bundle, row);
      figure.judge(row.get("quote").stringValue(), row, outcome);
    }
    return figure;
  }

  private static Figure negatives() {
    Figure figure = new Figure("negatives");
    for (JsonNode row : Corpus.json("EXPECTED.json").get("negatives")) {
      CorpusNegative changed = CorpusNegative.of(row);
      Outcome outcome = verify(TrustAnchor.intel(), changed.quote(), changed.bundle(), row);
      figure.judge(row.get("case").stringValue(), row, outcome);
    }
    return figure;
  }

  private static Figure casesThatIntelsLibraryJudged() {
    Figure figure = new Figure("intel-executed");
    TrustAnchor root = TrustAnchor.of(Corpus.bytes("intel-executed/root.pem"));
    for (JsonNode row : Corpus.json("intel-executed/CASES.json").get("cases")) {
      Bytes quote = Corpus.bytes("intel-executed/" + row.get("quote").stringValue());
      Bytes bundle = Corpus.bytes("intel-executed/" + row.get("bundle").stringValue());
      figure.judge(row.get("case").stringValue(), row, verify(root, quote, bundle, row));
    }
    return figure;
  }

  private static Figure libp2pVectors() {
    Figure figure = new Figure("libp2p vectors");
    PEER_IDS.forEach((key, peerId) -> {
      try {
        String found = PeerPublicKey.decode(HexFormat.of().parseHex(key)).peerId().text();
        figure.judge(found.equals(peerId) ? "" : "peer ID of " + key + " is " + found);
      } catch (InvalidPeerPublicKeyException e) {
        figure.judge("key " + key + ": " + e.getMessage());
      }
    });
    return figure;
  }

  private record Outcome(String status, List<String> advisories, String code, Step step) {}

  private static Outcome verify(TrustAnchor anchor, Bytes quote, Bytes bundle, JsonNode row) {
    try {
      VerifiedQuote verified =
          new DcapVerifier(anchor, VerifierOptions.STRICT)
              .verify(
                  Quote.parse(quote),
                  CollateralJson.parse(bundle),
                  Instant.ofEpochSecond(row.get("now").longValue()));
      return new Outcome(
          verified.tcb().status().text(), verified.tcb().advisoryIds(), "", Step.FORM);
    } catch (VerificationException e) {
      return new Outcome("", List.of(), e.code().name(), e.step());
    } catch (QuoteFormatException e) {
      return new Outcome("", List.of(), FailureCode.QUOTE_MALFORMED.name(), Step.FORM);
    } catch (CollateralFormatException e) {
      return new Outcome("", List.of(), FailureCode.COLLATERAL_MALFORMED.name(), Step.FORM);
    }
  }

  private static String problem(JsonNode must, Outcome outcome) {
    if (must.get("must").stringValue().equals("reject")) {
      if (outcome.code().isEmpty()) {
        return "must be rejected, got " + outcome.status();
      }
      JsonNode because = must.get("must_because");
      return because == null || isReason(because.stringValue(), outcome)
          ? ""
          : "must be rejected because of " + because.stringValue() + ", got " + outcome.code();
    }
    if (!outcome.code().isEmpty()) {
      return "must be accepted, got " + outcome.code();
    }
    JsonNode expectedStatus = must.get("must_status");
    if (expectedStatus == null) {
      return "";
    }
    String status = expectedStatus.stringValue();
    if (!status.equals(outcome.status())) {
      return "must be " + status + ", got " + outcome.status();
    }
    JsonNode advisories = must.get("must_advisories");
    if (advisories == null) {
      return "";
    }
    List<String> expected = new ArrayList<>();
    advisories.forEach(id -> expected.add(id.stringValue()));
    return expected.equals(outcome.advisories())
        ? ""
        : "advisories must be " + expected + ", got " + outcome.advisories();
  }

  private static boolean isReason(String because, Outcome outcome) {
    FailureCode code = FailureCode.valueOf(outcome.code());
    if (because.equals("chain")) {
      // A certificate, a CRL or a signature is bad.
      return Set.of(Step.ROOT, Step.PCK_CHAIN, Step.QE_REPORT, Step.QUOTE_SIGNATURE)
          .contains(outcome.step());
    }
    return REASONS.getOrDefault(because, Set.of()).contains(code);
  }
}
