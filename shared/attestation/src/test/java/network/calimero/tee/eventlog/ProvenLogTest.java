package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.UnprovenLogException.Code;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ProvenLogTest {
  private static final byte[] HASH = new byte[32];

  @Test
  void tellsWhatTheGuestMeasuredAsItBooted() throws Exception {
    Guest guest = Guest.booted();
    ProvenLog log = ProvenLog.prove(DstackLog.of(guest.log()), guest.quote());
    assertThat(log.provenRegisters()).containsExactly(Register.values());
    assertThat(log.composeHash()).contains(Bytes.fromHex(Guest.APP.composeHash()));
    assertThat(log.appId()).contains(Bytes.fromHex(Guest.APP.appId()));
    assertThat(log.instanceId()).contains(Bytes.fromHex(Guest.APP.instanceId()));
    assertThat(log.keyProvider().orElseThrow().name()).isEqualTo("kms");
    assertThat(log.keyProvider().orElseThrow().id()).matches("[0-9a-f]{64}");
    assertThat(log.osImageHash()).isEmpty();
    assertThat(log.bootEnded()).isTrue();
  }

  @Test
  void believesTheBootAndNotWhatTheAppMeasuresUnderTheSameNames() throws Exception {
    Guest guest =
        Guest.booted()
            .measures("compose-hash", HASH)
            .measures("app-id", HASH)
            .measures("key-provider", "{\"name\":\"attacker\"}")
            .measures("os-image-hash", HASH)
            .measures("system-ready", "")
            .measures("compose-hash", HASH);
    ProvenLog log = ProvenLog.prove(DstackLog.of(guest.log()), guest.quote());
    assertThat(log.composeHash()).contains(Bytes.fromHex(Guest.APP.composeHash()));
    assertThat(log.appId()).contains(Bytes.fromHex(Guest.APP.appId()));
    assertThat(log.keyProvider().orElseThrow().name()).isEqualTo("kms");
    assertThat(log.osImageHash()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compose-hash",
        "app-id",
        "instance-id",
        "key-provider",
        "os-image-hash",
        "rootfs-hash"
      })
  void refusesAFactThatTheBootMeasuredTwice(String name) throws Exception {
    Guest guest = Guest.bare().measures(name, HASH).measures(name, HASH);
    assertThat(refusal(guest.log(), guest.quote()).code()).isEqualTo(Code.FACT_REPEATED);
    Guest ready = guest.measures("system-ready", "");
    UnprovenLogException refusal = refusal(ready.log(), ready.quote());
    assertThat(refusal.code()).isEqualTo(Code.FACT_REPEATED);
    assertThat(refusal).hasMessageContaining(name).hasMessageContaining("event 7");
  }

  @Test
  void refusesNamesOfTheBootThatCouldHideAFact() throws Exception {
    Guest guest = Guest.bare().measures("compose-hash", "a:bcdefghijklmnopqrstuvwxyz01234");
    ArrayNode log = guest.log();
    assertThat(ProvenLog.prove(DstackLog.of(log), guest.quote()).composeHash()).isPresent();
    Guest.named(log, "compose-hash")
        .put("event", "compose-hash:a")
        .put("event_payload", "bcdefghijklmnopqrstuvwxyz01234");
    assertThat(refusal(log, guest.quote()).code()).isEqualTo(Code.AMBIGUOUS_NAME);
  }

  @Test
  void letsAppsUseColonsInNames() throws Exception {
    Guest guest = Guest.booted().measures("my:event", "payload");
    ProvenLog log = ProvenLog.prove(DstackLog.of(guest.log()), guest.quote());
    assertThat(log.composeHash()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "not 32 bytes of anything at all.."})
  void refusesAComposeHashThatIsNone(String payload) throws Exception {
    Guest guest = Guest.bare().measures("compose-hash", payload);
    UnprovenLogException refusal = refusal(guest.log(), guest.quote());
    assertThat(refusal.code()).isEqualTo(Code.FACT_MALFORMED);
    assertThat(refusal.expected()).isEqualTo("32 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kms",
        "[]",
        "{}",
        "{\"name\":1}",
        "{\"name\":\"\"}",
        "{\"name\":\"a\",\"id\":1}"
      })
  void refusesAKeyProviderThatIsNone(String payload) throws Exception {
    Guest guest = Guest.bare().measures("key-provider", payload);
    assertThat(refusal(guest.log(), guest.quote()).code()).isEqualTo(Code.FACT_MALFORMED);
  }

  @Test
  void keepsWhatItIsMadeOf() throws Exception {
    Guest guest = Guest.booted();
    DstackLog log = DstackLog.of(guest.log());
    VerifiedQuote quote = guest.quote();
    ProvenLog proven = ProvenLog.prove(log, quote);
    assertThat(proven.log()).isSameAs(log);
    assertThat(proven.quote()).isSameAs(quote);
    assertThat(proven.replay().steps()).isEqualTo(Replay.of(log).steps());
    assertThat(log.kind()).isEqualTo("dstack log");
  }

  @Test
  void tellsTheImageAndTheInstanceThatWereMeasured() throws Exception {
    Guest guest = Guest.bare().measures("os-image-hash", HASH).measures("instance-id", "");
    ProvenLog proven = ProvenLog.prove(DstackLog.of(guest.log()), guest.quote());
    assertThat(proven.osImageHash()).contains(Bytes.of(HASH));
    assertThat(proven.instanceId()).as("switched off").isEmpty();
  }

  @Test
  void refusesANameThatBeginsWithAColon() throws Exception {
    Guest guest = Guest.bare().measures(":", "");
    assertThat(refusal(guest.log(), guest.quote()).code()).isEqualTo(Code.AMBIGUOUS_NAME);
  }

  @Test
  void everyCodeHasAWordAndAnAdviceOfItsOwn() {
    assertThat(Code.values()).extracting(Code::text).doesNotHaveDuplicates().doesNotContain("");
    assertThat(Code.values()).extracting(Code::advice).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void refusesAnEmptyAppId() throws Exception {
    Guest guest = Guest.bare().measures("app-id", "");
    assertThat(refusal(guest.log(), guest.quote()).code()).isEqualTo(Code.FACT_MALFORMED);
  }

  @Test
  void tellsNothingThatWasNotMeasured() throws Exception {
    Guest guest = Guest.bare().measures("key-provider", "{\"name\":\"none\"}");
    ProvenLog log = ProvenLog.prove(DstackLog.of(guest.log()), guest.quote());
    assertThat(log.composeHash()).isEmpty();
    assertThat(log.appId()).isEmpty();
    assertThat(log.instanceId()).isEmpty();
    assertThat(log.keyProvider()).contains(new KeyProvider("none", ""));
    assertThat(log.bootEnded()).isFalse();
  }

  @Test
  void refusesAPayloadThatWasChangedWithItsDigest() throws Exception {
    Guest guest = Guest.booted();
    ArrayNode log = guest.log();
    Guest.named(log, "compose-hash").put("event_payload", "00".repeat(32)).put("digest", "");
    requireDifferent(refusal(log, guest.quote()), "RTMR3");
  }

  @Test
  void refusesAChangedDigestOfEveryBootRegister() throws Exception {
    Guest guest = Guest.booted();
    for (int register = 0; register < 3; register++) {
      ArrayNode log = guest.log();
      int index = Guest.of(log, register).getFirst();
      ((ObjectNode) log.get(index)).put("digest", "11".repeat(48));
      UnprovenLogException refusal = refusal(log, guest.quote());
      requireDifferent(refusal, "RTMR" + register);
      assertThat(refusal.expected()).matches("[0-9a-f]{96}");
      assertThat(refusal.found()).matches("RTMR[0-2] [0-9a-f]{96}");
    }
  }

  @Test
  void refusesEventsInAnotherOrder() throws Exception {
    Guest guest = Guest.booted();
    ArrayNode log = guest.log();
    int first = Guest.indexOf(log, "app-id");
    log.add(log.remove(first));
    requireDifferent(refusal(log, guest.quote()), "RTMR3");
  }

  @Test
  void refusesALogWithoutOneOfItsEventsWhicheverItIs() throws Exception {
    Guest guest = Guest.booted();
    VerifiedQuote quote = guest.quote();
    for (int i = 0; i < guest.log().size(); i++) {
      ArrayNode log = guest.log();
      log.remove(i);
      assertThat(refusal(log, quote).code()).isEqualTo(Code.REGISTER_DIFFERS);
    }
  }

  @Test
  void refusesAnEventThatTheQuoteDoesNotKnowAndSaysThatTheLogIsNewer() throws Exception {
    Guest guest = Guest.booted();
    VerifiedQuote quote = guest.quote();
    guest.measures("later", "");
    UnprovenLogException refusal = refusal(guest.log(), quote);
    requireDifferent(refusal, "RTMR3");
    assertThat(refusal.advice()).contains("after event 12", "the log is newer than the quote");
  }

  @Test
  void refusesAnEventThatIsNotInTheLog() throws Exception {
    Guest guest = Guest.booted().extendsSilently(3);
    UnprovenLogException refusal = refusal(guest.log(), guest.quote());
    requireDifferent(refusal, "RTMR3");
    assertThat(refusal.advice()).doesNotContain("newer").contains("together");
  }

  @Test
  void namesEveryRegisterThatDiffers() throws Exception {
    Guest guest = Guest.booted().extendsSilently(1).extendsSilently(3);
    assertThat(refusal(guest.log(), guest.quote())).hasMessageContaining("RTMR1, RTMR3");
  }

  @Test
  void provesRtmr3AloneIfTheLogHasNothingElse() throws Exception {
    Guest guest = Guest.booted();
    ArrayNode log = guest.log();
    while (log.get(0).get("imr").intValue() != 3) {
      log.remove(0);
    }
    ProvenLog proven = ProvenLog.prove(DstackLog.of(log), guest.quote());
    assertThat(proven.provenRegisters()).containsExactly(Register.RTMR3);
    assertThat(proven.composeHash()).isPresent();
  }

  @Test
  void provesNoFactsIfTheLogLeavesRtmr3Out() throws Exception {
    Guest guest = Guest.booted();
    ArrayNode log = guest.log();
    while (!Guest.of(log, 3).isEmpty()) {
      log.remove(Guest.of(log, 3).getFirst());
    }
    ProvenLog proven = ProvenLog.prove(DstackLog.of(log), guest.quote());
    assertThat(proven.provenRegisters())
        .containsExactly(Register.RTMR0, Register.RTMR1, Register.RTMR2);
    assertThat(proven.composeHash()).isEmpty();
    assertThat(proven.keyProvider()).isEmpty();
  }

  @Test
  void refusesALogThatProvesNothing() throws Exception {
    ArrayNode empty = JsonMapper.shared().createArrayNode();
    assertThat(refusal(empty, Guest.booted().quote()).code()).isEqualTo(Code.NOTHING_PROVEN);
    Guest unused = Guest.of(TdImage.named("guest"));
    assertThat(refusal(empty, unused.quote()).code()).isEqualTo(Code.NOTHING_PROVEN);
  }

  @Test
  void refusesTheQuoteOfAnEnclave() throws Exception {
    UnprovenLogException refusal = refusal(Guest.booted().log(), Guest.enclaveQuote());
    assertThat(refusal.code()).isEqualTo(Code.NO_TD_QUOTE);
  }

  @Test
  void refusesTheLogOfAnotherMachine() throws Exception {
    Guest other = Guest.of(TdImage.named("other")).measures("system-ready", "");
    UnprovenLogException refusal = refusal(other.log(), Guest.booted().quote());
    assertThat(refusal).hasMessageContaining("RTMR0, RTMR1, RTMR2, RTMR3");
  }

  @Test
  void keepsTextsFromTheLogPlain() throws Exception {
    Guest guest = Guest.bare().measures("a:\u001b[2J\n" + "x".repeat(1000), "".getBytes(UTF_8));
    UnprovenLogException refusal = refusal(guest.log(), guest.quote());
    assertThat(refusal.code()).isEqualTo(Code.AMBIGUOUS_NAME);
    assertThat(refusal.getMessage()).doesNotContain("\u001b", "\n").hasSizeLessThan(700);
  }

  private static void requireDifferent(UnprovenLogException refusal, String register) {
    assertThat(refusal.code()).isEqualTo(Code.REGISTER_DIFFERS);
    assertThat(refusal.reason())
        .isEqualTo("the event log does not lead to the quote's " + register);
  }

  private static UnprovenLogException refusal(ArrayNode log, VerifiedQuote quote)
      throws EventLogFormatException {
    DstackLog parsed = DstackLog.of(log);
    UnprovenLogException refusal =
        catchThrowableOfType(UnprovenLogException.class, () -> ProvenLog.prove(parsed, quote));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
