package network.calimero.tee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every verdict of the corpus: real quotes under Intel's root, and those that Intel's library
 * judged.
 */
class CorpusVerdictsTest {
  private static final Map<String, Set<FailureCode>> REASONS =
      Map.of(
          "no_tcb_level", Set.of(FailureCode.NO_TCB_LEVEL),
          "debug", Set.of(FailureCode.TD_DEBUG, FailureCode.SGX_DEBUG),
          "sept_ve_disable", Set.of(FailureCode.TD_SEPT_VE_DISABLE_OFF),
          "service_td", Set.of(FailureCode.TD_SERVICE_TD, FailureCode.TD_RESERVED_ATTRIBUTES));

  @Test
  void realQuotesGetTheVerdictsThatTheyMust() {
    int right = 0;
    List<String> wrong = new ArrayList<>();
    JsonNode verdicts = Corpus.json("EXPECTED.json").get("verdicts");
    for (JsonNode verdict : verdicts) {
      Outcome outcome =
          verify(
              TrustAnchor.intel(),
              Corpus.bytes(verdict.get("quote").stringValue()),
              Corpus.bytes(verdict.get("bundle").stringValue()),
              verdict);
      String problem = problem(verdict, outcome);
      if (problem.isEmpty()) {
        right++;
      } else {
        wrong.add(verdict.get("quote").stringValue() + ": " + problem);
      }
    }
    System.out.println("corpus verdicts: " + right + "/" + verdicts.size());
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(99);
  }

  @Test
  void casesThatIntelsLibraryJudgedGetTheVerdictsThatTheyMust() {
    TrustAnchor root = TrustAnchor.of(Corpus.bytes("intel-executed/root.pem"));
    int right = 0;
    int either = 0;
    List<String> wrong = new ArrayList<>();
    JsonNode cases = Corpus.json("intel-executed/CASES.json").get("cases");
    for (JsonNode one : cases) {
      Outcome outcome =
          verify(
              root,
              Corpus.bytes("intel-executed/" + one.get("quote").stringValue()),
              Corpus.bytes("intel-executed/" + one.get("bundle").stringValue()),
              one);
      if (one.get("must").stringValue().equals("either")) {
        either++;
        continue;
      }
      String problem = problem(one, outcome);
      if (problem.isEmpty()) {
        right++;
      } else {
        wrong.add(one.get("case").stringValue() + ": " + problem);
      }
    }
    System.out.println("intel-executed: " + right + "/98, either: " + either);
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(98);
    assertThat(either).isEqualTo(4);
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
    String status = must.get("must_status").stringValue();
    if (!status.equals(outcome.status())) {
      return "must be " + status + ", got " + outcome.status() + outcome.code();
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
