package network.calimero.tee.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TdReport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The event logs of the corpus replay as recorded. Prints the figures. */
class EventLogCorpusTest {
  @Test
  void dstackLogsReplayAsRecorded() throws Exception {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (JsonNode row : Corpus.json("EXPECTED.json").get("event_logs")) {
      DstackLog log = DstackLog.parse(Corpus.bytes(row.get("file").stringValue()));
      long runtime =
          log.events().stream()
              .filter(event -> event.binding() == LoggedEvent.Binding.COMPUTED)
              .count();
      boolean counted =
          log.events().size() == row.at("/info/events").intValue()
              && runtime == row.at("/info/runtime_events").intValue();
      right += judge(row, log, counted, wrong);
    }
    System.out.println("corpus dstack logs: " + right + "/" + (right + wrong.size()));
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(21);
  }

  @Test
  void ccelLogsReplayAsRecorded() throws Exception {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (JsonNode row : Corpus.json("EXPECTED.json").get("ccel")) {
      CcelLog log = CcelLog.parse(Corpus.bytes(row.get("file").stringValue()));
      boolean counted =
          log.events().size() == row.get("events").intValue()
              && log.length() == row.get("log_bytes").intValue();
      right += judge(row, log, counted, wrong);
    }
    System.out.println("corpus CCEL logs: " + right + "/" + (right + wrong.size()));
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(10);
  }

  private static int judge(JsonNode row, EventLog log, boolean counted, List<String> wrong) {
    Replay replay = Replay.of(log);
    boolean equal = counted;
    for (Register register : Register.values()) {
      String recorded =
          row.get("rtmr_replay").get(register.name().toLowerCase(Locale.ROOT)).stringValue();
      equal &= replay.value(register).hex().equals(recorded);
    }
    if (!equal) {
      wrong.add(row.get("file").stringValue());
    }
    return equal ? 1 : 0;
  }

  @Test
  void logsEqualTheRegistersOfTheQuotesThatAreRecordedAndOfNoOther() throws Exception {
    int pairs = 0;
    for (JsonNode row : Corpus.json("EXPECTED.json").get("event_logs")) {
      Replay replay = Replay.of(DstackLog.parse(Corpus.bytes(row.get("file").stringValue())));
      for (JsonNode name : row.get("quotes_matching_all_four_rtmrs")) {
        assertThat(equal(replay, name.stringValue())).hasSize(4);
        pairs++;
      }
      for (JsonNode some : row.get("quotes_matching_some")) {
        List<Integer> recorded = new ArrayList<>();
        some.get("rtmrs").forEach(number -> recorded.add(number.intValue()));
        assertThat(equal(replay, some.get("quote").stringValue())).isEqualTo(recorded);
        pairs++;
      }
    }
    System.out.println("corpus dstack logs beside quotes: " + pairs + " pairs as recorded");
    assertThat(pairs).isEqualTo(38);
  }

  /** Of the registers that the log extends: those that are empty in both are not recorded. */
  private static List<Integer> equal(Replay replay, String quote) throws Exception {
    TdReport report = (TdReport) Quote.parse(Corpus.bytes(quote)).body();
    List<Integer> equal = new ArrayList<>();
    for (RegisterComparison register : RegisterComparison.all(replay, report)) {
      if (register.outcome() == RegisterComparison.Outcome.EQUAL
          && replay.extended(register.register())) {
        equal.add(register.register().compareTo(Register.RTMR0));
      }
    }
    return equal;
  }

  @Test
  void realQuotesThatVerifyProveTheLogsThatBelongToThem() throws Exception {
    JsonNode expected = Corpus.json("EXPECTED.json");
    int proven = 0;
    for (JsonNode row : expected.get("event_logs")) {
      EventLog log = DstackLog.parse(Corpus.bytes(row.get("file").stringValue()));
      for (JsonNode name : row.get("quotes_matching_all_four_rtmrs")) {
        for (JsonNode verdict : expected.get("verdicts")) {
          if (verdict.get("quote").equals(name)
              && verdict.get("must").stringValue().equals("accept")) {
            requireProven(row, ProvenLog.prove(log, verified(verdict)));
            proven++;
          }
        }
      }
    }
    System.out.println("corpus dstack logs proven by verified quotes: " + proven);
    assertThat(proven).isEqualTo(9);
  }

  private static VerifiedQuote verified(JsonNode verdict) throws Exception {
    return new DcapVerifier(TrustAnchor.intel(), VerifierOptions.STRICT)
        .verify(
            Quote.parse(Corpus.bytes(verdict.get("quote").stringValue())),
            CollateralJson.parse(Corpus.bytes(verdict.get("bundle").stringValue())),
            Instant.ofEpochSecond(verdict.get("now").longValue()));
  }

  /** The compose hash begins with the app ID where the app was not upgraded since. */
  private static void requireProven(JsonNode row, ProvenLog log) {
    assertThat(log.provenRegisters()).containsExactly(Register.values());
    assertThat(log.bootEnded()).isTrue();
    Bytes composeHash = log.composeHash().orElseThrow();
    Bytes appId = log.appId().orElseThrow();
    assertThat(composeHash.length()).isEqualTo(32);
    assertThat(appId.length()).isEqualTo(20);
    assertThat(log.keyProvider().orElseThrow().name()).isIn("kms", "local-sgx");
    if (row.get("file").stringValue().contains("mpc-")) {
      assertThat(composeHash.slice(0, 20)).isEqualTo(appId);
      assertThat(log.instanceId()).isEmpty();
    }
  }

  @Test
  void composeHashesAreThoseOfTheComposeDocuments() throws Exception {
    int equal = 0;
    for (JsonNode row : Corpus.json("EXPECTED.json").get("app_compose_vectors")) {
      if (!row.get("source").stringValue().contains("tcb_info")) {
        continue;
      }
      JsonNode info = Corpus.json(row.get("source").stringValue());
      DstackLog log = DstackLog.of(info.get("event_log"));
      Bytes measured =
          log.events().stream()
              .filter(event -> event.name().equals("compose-hash"))
              .findFirst()
              .orElseThrow()
              .payload();
      assertThat(measured.hex()).isEqualTo(row.get("sha256_app_compose").stringValue());
      equal++;
    }
    assertThat(equal).isEqualTo(3);
  }

  @Test
  void logsAreFoundInTheAnswersOfAgents() throws Exception {
    for (String file :
        List.of(
            "dstack/quote-report.json",
            "dstack/tdx-lite-getquote.json",
            "dstack/examples-attestation-rtmr3-based-report.json")) {
      EventLogInput input = EventLogInput.find(Corpus.bytes(file).toArray());
      assertThat(input.field()).isEqualTo("event_log");
      assertThat(input.besideQuote()).isTrue();
      byte[] quote = Bytes.fromHex(Corpus.json(file).get("quote").stringValue()).toArray();
      TdReport report = (TdReport) Quote.parse(quote).body();
      assertThat(RegisterComparison.all(Replay.of(input.log()), report))
          .allMatch(register -> register.outcome() == RegisterComparison.Outcome.EQUAL);
    }
  }
}
