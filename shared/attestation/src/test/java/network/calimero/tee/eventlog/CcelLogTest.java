package network.calimero.tee.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.eventlog.EventLogFormatException.Fault;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CcelLogTest {
  private static final int SEPARATOR = 4;
  private static final int NO_ACTION = 3;

  @Test
  void mapsIndicesOneToFourToTheRegisters() throws Exception {
    RawCcel raw = RawCcel.sha384();
    for (int index = 1; index <= 4; index++) {
      raw.event(index, SEPARATOR, index);
    }
    Replay replay = Replay.of(CcelLog.parse(raw.bytes()));
    int index = 1;
    for (Register register : Register.values()) {
      byte[] digest = new byte[48];
      Arrays.fill(digest, (byte) index++);
      assertThat(replay.value(register).value().toArray())
          .isEqualTo(Hash.sha384(new byte[48], digest));
    }
  }

  @Test
  void extendsNothingByNoActionNorByEventsOfMrtd() throws Exception {
    Bytes raw =
        RawCcel.sha384()
            .event(1, NO_ACTION, 7)
            .event(0, SEPARATOR, 7)
            .event(9, NO_ACTION, 7)
            .bytes();
    Replay replay = Replay.of(CcelLog.parse(raw));
    assertThat(replay.steps()).hasSize(3).allMatch(step -> step.after() == null);
    assertThat(replay.value(Register.RTMR0)).isEqualTo(Measurement.ZERO);
    assertThat(replay.extended(Register.RTMR0)).isFalse();
  }

  @Test
  void namesEventTypes() throws Exception {
    Bytes raw = RawCcel.sha384().event(1, 0x8000_0003L, 7).event(1, 0x1234, 7).bytes();
    assertThat(CcelLog.parse(raw).events().stream().map(LoggedEvent::typeName))
        .containsExactly("EV_EFI_BOOT_SERVICES_APPLICATION", "type 0x00001234");
  }

  @Test
  void readsTheSha384DigestAmongOthers() throws Exception {
    RawCcel raw = new RawCcel().header(RawCcel.SHA256, 32, RawCcel.SHA384, 48);
    raw.u32(1).u32(SEPARATOR).u32(2);
    raw.digest(RawCcel.SHA256, 32, 1).digest(RawCcel.SHA384, 48, 2).u32(0);
    assertThat(CcelLog.parse(raw.bytes()).events().getFirst().digest().hex())
        .isEqualTo("02".repeat(48));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0xff})
  void endsAtPadding(int padding) throws Exception {
    for (int length : new int[] {1, 7, 8, 100}) {
      RawCcel raw = RawCcel.sha384().event(1, SEPARATOR, 7);
      int end = raw.bytes().length();
      CcelLog log = CcelLog.parse(raw.fill(length, padding).bytes());
      assertThat(log.events()).hasSize(1);
      assertThat(log.length()).isEqualTo(end);
    }
  }

  @Test
  void refusesLogsThatEndInTheMiddleOfAnEvent() throws Exception {
    Bytes whole = RawCcel.sha384().event(1, SEPARATOR, 7).event(2, SEPARATOR, 7).bytes();
    int first = RawCcel.sha384().event(1, SEPARATOR, 7).bytes().length();
    int header = RawCcel.sha384().bytes().length();
    Set<Integer> complete = new HashSet<>(List.of(header, first, whole.length()));
    for (int end = 0; end < whole.length(); end++) {
      Bytes cut = whole.slice(0, end);
      if (!complete.contains(end)) {
        assertThat(refusal(cut).fault()).as("cut at " + end).isEqualTo(Fault.TRUNCATED);
      }
    }
    assertThat(CcelLog.parse(whole).events()).hasSize(2);
  }

  @Test
  void refusesCountsAndSizesThatCannotBe() {
    RawCcel manyDigests = RawCcel.sha384().u32(1).u32(SEPARATOR).u32(0xffff_ffffL);
    assertThat(refusal(manyDigests.bytes()).fault()).isEqualTo(Fault.UNUSABLE_DIGESTS);
    RawCcel largeEvent = RawCcel.sha384().u32(1).u32(SEPARATOR).u32(1);
    largeEvent.digest(RawCcel.SHA384, 48, 1).u32(0xffff_ffffL);
    assertThat(refusal(largeEvent.bytes()).fault()).isEqualTo(Fault.TRUNCATED);
    assertThat(refusal(largeEvent.bytes()))
        .hasMessageStartingWith("the event log ends too early: found an event at byte ");
    RawCcel manyAlgorithms = new RawCcel().header(3, "Spec ID Event03\0", Integer.MAX_VALUE);
    assertThat(refusal(manyAlgorithms.bytes()).fault()).isEqualTo(Fault.UNUSABLE_DIGESTS);
  }

  @Test
  void readsHeadersOfSixteenAlgorithmsAndNoMore() throws Exception {
    int[] algorithms = new int[32];
    for (int i = 0; i < 16; i++) {
      algorithms[2 * i] = i == 0 ? RawCcel.SHA384 : 100 + i;
      algorithms[2 * i + 1] = i == 0 ? 48 : 20;
    }
    Bytes sixteen = new RawCcel().header(algorithms).event(1, SEPARATOR, 7).bytes();
    assertThat(CcelLog.parse(sixteen).events()).hasSize(1);
    int[] seventeen = Arrays.copyOf(algorithms, 34);
    seventeen[32] = 200;
    assertThat(refusal(new RawCcel().header(seventeen).bytes()).fault())
        .isEqualTo(Fault.UNUSABLE_DIGESTS);
  }

  @Test
  void eightBytesThatAreNoPaddingBeginAnEvent() {
    RawCcel raw = RawCcel.sha384().u32(1).u32(SEPARATOR);
    assertThat(refusal(raw.bytes()).fault()).isEqualTo(Fault.TRUNCATED);
    assertThat(refusal(RawCcel.sha384().u32(0).u32(SEPARATOR).bytes()).fault())
        .isEqualTo(Fault.TRUNCATED);
  }

  @Test
  void isReadUpToItsLargestSize() throws Exception {
    int size = RawCcel.sha384().bytes().length();
    Bytes largest = RawCcel.sha384().fill(EventLog.MAX_SIZE - size, 0xff).bytes();
    assertThat(largest.length()).isEqualTo(EventLog.MAX_SIZE);
    assertThat(CcelLog.parse(largest).events()).isEmpty();
    assertThat(EventLogInput.find(largest.toArray()).log().kind())
        .isEqualTo(CcelLog.parse(largest).kind());
  }

  @Test
  void refusesRegistersThatThereAreNot() {
    Bytes raw = RawCcel.sha384().event(5, SEPARATOR, 7).bytes();
    assertThat(refusal(raw).fault()).isEqualTo(Fault.UNKNOWN_REGISTER);
  }

  @Test
  void refusesEventsWithoutOneSha384Digest() {
    RawCcel none = RawCcel.sha384().u32(1).u32(SEPARATOR).u32(0).u32(0);
    assertThat(refusal(none.bytes()).fault()).isEqualTo(Fault.UNUSABLE_DIGESTS);
    RawCcel unlisted = RawCcel.sha384().u32(1).u32(SEPARATOR).u32(1);
    unlisted.digest(RawCcel.SHA256, 32, 1).u32(0);
    assertThat(refusal(unlisted.bytes()).fault()).isEqualTo(Fault.UNUSABLE_DIGESTS);
    RawCcel twice = new RawCcel().header(RawCcel.SHA256, 32, RawCcel.SHA384, 48);
    twice.u32(1).u32(SEPARATOR).u32(2);
    twice.digest(RawCcel.SHA384, 48, 1).digest(RawCcel.SHA384, 48, 2).u32(0);
    assertThat(refusal(twice.bytes()).fault()).isEqualTo(Fault.UNUSABLE_DIGESTS);
  }

  @Test
  void refusesHeadersOfOtherLogs() {
    assertThat(refusal(new RawCcel().header(8, "Spec ID Event03\0", 0).bytes()).fault())
        .isEqualTo(Fault.NOT_A_TCG_LOG);
    assertThat(refusal(new RawCcel().header(3, "Spec ID Event02\0", 0).bytes()).fault())
        .isEqualTo(Fault.NOT_A_TCG_LOG);
    for (int[] algorithms :
        List.of(
            new int[] {},
            new int[] {RawCcel.SHA256, 32},
            new int[] {RawCcel.SHA384, 32},
            new int[] {RawCcel.SHA384, 48, RawCcel.SHA384, 48})) {
      assertThat(refusal(new RawCcel().header(algorithms).bytes()).fault())
          .isEqualTo(Fault.UNUSABLE_DIGESTS);
    }
  }

  @Test
  void boundsHowManyEventsThereAreAndItsSize() throws Exception {
    RawCcel raw = RawCcel.sha384();
    for (int i = 0; i < EventLog.MAX_EVENTS; i++) {
      raw.event(1, SEPARATOR, 7);
    }
    assertThat(CcelLog.parse(raw.bytes()).events()).hasSize(EventLog.MAX_EVENTS);
    assertThat(refusal(raw.event(1, SEPARATOR, 7).bytes()).fault())
        .isEqualTo(Fault.TOO_MANY_EVENTS);
    assertThat(refusal(RawCcel.sha384().zeros(EventLog.MAX_SIZE).bytes()).fault())
        .isEqualTo(Fault.TOO_LARGE);
  }

  @Test
  void isProvenByAQuoteForTheRegistersItHas() throws Exception {
    TdImage image = TdImage.named("gcp");
    for (int register = 0; register < 3; register++) {
      byte[] digest = new byte[48];
      Arrays.fill(digest, (byte) 5);
      image = image.withRtmr(register, new byte[48]).withBootEvent(register, digest);
    }
    Guest guest = Guest.of(image).extendsSilently(3);
    RawCcel raw = RawCcel.sha384();
    for (int index = 1; index <= 3; index++) {
      raw.event(index, SEPARATOR, 5);
    }
    ProvenLog proven = ProvenLog.prove(CcelLog.parse(raw.bytes()), guest.quote());
    assertThat(proven.provenRegisters())
        .containsExactly(Register.RTMR0, Register.RTMR1, Register.RTMR2);
    assertThat(proven.composeHash()).isEmpty();
    CcelLog longer = CcelLog.parse(raw.event(4, RuntimeEvent.TYPE, 0).bytes());
    ProvenLog alsoRtmr3 = ProvenLog.prove(longer, guest.quote());
    assertThat(alsoRtmr3.provenRegisters()).containsExactly(Register.values());
    assertThat(alsoRtmr3.composeHash()).isEmpty();
  }

  private static EventLogFormatException refusal(Bytes table) {
    EventLogFormatException refusal =
        catchThrowableOfType(EventLogFormatException.class, () -> CcelLog.parse(table));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
