package network.calimero.tee.appraisal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.appraisal.AttestationResult.Affirming;
import network.calimero.tee.appraisal.AttestationResult.Contraindicated;
import network.calimero.tee.appraisal.Reason.Code;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.Scenario;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.MeasurementTuple;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.TdField;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppraiserTest {
  private static final VerifiedQuote GENUINE = new Scenario().verified();
  private static final TdReport REPORT = (TdReport) GENUINE.quote().body();
  private static final MeasurementTuple OURS = MeasurementTuple.of(REPORT);
  private static final MeasurementTuple OTHERS =
      new MeasurementTuple(filled(1), filled(2), filled(3), filled(4), filled(5));

  private static Measurement filled(int value) {
    byte[] bytes = new byte[Measurement.SIZE];
    Arrays.fill(bytes, (byte) value);
    return Measurement.of(bytes);
  }

  private static AppraisalPolicy.Enforced policy(
      ReferenceValues references, Map<TdField, Set<Bytes>> required) {
    return new AppraisalPolicy.Enforced(
        Profile.LOCKED_READ_ONLY, Role.NODE, Set.of(TcbStatus.UP_TO_DATE), references, required);
  }

  private static ReferenceValues lists(UnaryOperator<Map<Register, Set<Measurement>>> change) {
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    for (Register register : Register.values()) {
      lists.put(register, Set.of(OURS.get(register), OTHERS.get(register)));
    }
    return new ReferenceValues.SeparateLists(change.apply(lists));
  }

  private static ReferenceValues tuples(MeasurementTuple... images) {
    return new ReferenceValues.Tuples(Set.of(images));
  }

  private static MeasurementTuple with(Register register, MeasurementTuple image) {
    Measurement[] values =
        Stream.of(Register.values())
            .map(each -> (each == register ? OTHERS : image).get(each))
            .toArray(Measurement[]::new);
    return new MeasurementTuple(values[0], values[1], values[2], values[3], values[4]);
  }

  private static List<Reason> reasons(ReferenceValues references) {
    return reasons(GENUINE, policy(references, Map.of()));
  }

  private static List<Reason> reasons(VerifiedQuote evidence, AppraisalPolicy policy) {
    return ((Contraindicated) Appraiser.appraise(evidence, policy)).reasons();
  }

  @Test
  void affirmsWhatThePolicyNamesAndSaysWhichPolicyThatWas() {
    AppraisalPolicy policy = policy(lists(it -> it), Map.of());
    Affirming affirming = (Affirming) Appraiser.appraise(GENUINE, policy);
    assertThat(affirming.evidence()).isSameAs(GENUINE);
    assertThat(affirming.policy()).isSameAs(policy);
  }

  @Test
  void affirmsAWholeImageAmongOthers() {
    AppraisalPolicy policy = policy(tuples(OTHERS, OURS), Map.of());
    assertThat(Appraiser.appraise(GENUINE, policy)).isInstanceOf(Affirming.class);
  }

  @Test
  void anUnenforcedPolicyAffirmsAnyTrustDomainButNoEnclave() {
    AppraisalPolicy unenforced = new AppraisalPolicy.Unenforced(Role.NODE);
    assertThat(Appraiser.appraise(GENUINE, unenforced)).isInstanceOf(Affirming.class);
    VerifiedQuote enclave = new Scenario().sgx().verified();
    assertThat(reasons(enclave, unenforced))
        .extracting(Reason::code)
        .containsExactly(Code.NOT_A_TRUST_DOMAIN);
  }

  @Test
  void refusesATcbStatusThatIsNotAllowedAndSaysWhatToDo() {
    VerifiedQuote behind = new Scenario().platform(p -> p.platformStatus("OutOfDate")).verified();
    List<Reason> reasons = reasons(behind, policy(lists(it -> it), Map.of()));
    assertThat(reasons).extracting(Reason::code).containsExactly(Code.TCB_STATUS_NOT_ALLOWED);
    assertThat(reasons.getFirst().found()).isEqualTo("OutOfDate");
    assertThat(reasons.getFirst().text())
        .startsWith("TCB status is OutOfDate, allowed: UpToDate: ")
        .contains(" (update the platform's BIOS and microcode");
  }

  @ParameterizedTest
  @EnumSource
  void refusesARegisterThatIsNotOnItsList(Register register) {
    List<Reason> reasons =
        reasons(
            lists(it -> {
              it.put(register, Set.of(OTHERS.get(register)));
              return it;
            }));
    String found = register.in(REPORT).hex();
    assertThat(reasons)
        .containsExactly(
            new Reason(
                Code.MEASUREMENT_NOT_ALLOWED,
                register.name(),
                found,
                register + " " + found + " is not in the policy"));
  }

  @ParameterizedTest
  @EnumSource
  void refusesARegisterThatDiffersFromTheNearestImage(Register register) {
    assertThat(reasons(tuples(OTHERS, with(register, OURS))))
        .extracting(Reason::code, Reason::subject)
        .containsExactly(tuple(Code.MEASUREMENT_NOT_ALLOWED, register.name()));
  }

  @Test
  void refusesRegistersOfDifferentImagesThatAreAllKnown() {
    MeasurementTuple exceptRtmr2 = with(Register.RTMR2, OURS);
    MeasurementTuple onlyRtmr2 =
        new MeasurementTuple(
            OTHERS.mrtd(), OTHERS.rtmr0(), OTHERS.rtmr1(), OURS.rtmr2(), OTHERS.rtmr3());
    List<Reason> reasons = reasons(tuples(exceptRtmr2, onlyRtmr2));
    assertThat(reasons)
        .extracting(Reason::code, Reason::subject, Reason::found)
        .containsExactly(tuple(Code.MEASUREMENTS_OF_DIFFERENT_IMAGES, "RTMR2", OURS.rtmr2().hex()));
    assertThat(reasons.getFirst().text()).contains("[RTMR2]");
  }

  @Test
  void oneUnknownValueAmongThoseThatDifferIsNoMixOfImages() {
    MeasurementTuple nearest = with(Register.MRTD, with(Register.RTMR2, OURS));
    MeasurementTuple onlyRtmr2 =
        new MeasurementTuple(
            OTHERS.mrtd(), OTHERS.rtmr0(), OTHERS.rtmr1(), OURS.rtmr2(), OTHERS.rtmr3());
    assertThat(reasons(tuples(nearest, onlyRtmr2)))
        .extracting(Reason::code, Reason::subject)
        .containsExactly(
            tuple(Code.MEASUREMENT_NOT_ALLOWED, "MRTD"),
            tuple(Code.MEASUREMENT_NOT_ALLOWED, "RTMR2"));
  }

  @ParameterizedTest
  @EnumSource
  void refusesARequiredFieldWithAnotherValue(TdField field) {
    Bytes other = Bytes.fromHex("77".repeat(field.size()));
    Bytes found = field.in(REPORT);
    assertThat(Appraiser.appraise(GENUINE, policy(lists(it -> it), required(field, found, other))))
        .isInstanceOf(Affirming.class);
    assertThat(reasons(GENUINE, policy(lists(it -> it), required(field, other))))
        .containsExactly(
            new Reason(
                Code.FIELD_NOT_ALLOWED,
                field.name(),
                found.hex(),
                field + " " + found.hex() + " is not among the accepted values"));
  }

  private static Map<TdField, Set<Bytes>> required(TdField field, Bytes... accepted) {
    return Map.of(field, Set.of(accepted));
  }

  @Test
  void givesEveryReasonAtOnce() {
    VerifiedQuote behind = new Scenario().platform(p -> p.platformStatus("OutOfDate")).verified();
    AppraisalPolicy policy =
        policy(tuples(OTHERS), required(TdField.XFAM, Bytes.fromHex("77".repeat(8))));
    assertThat(reasons(behind, policy))
        .extracting(Reason::code)
        .startsWith(Code.TCB_STATUS_NOT_ALLOWED, Code.MEASUREMENT_NOT_ALLOWED)
        .endsWith(Code.FIELD_NOT_ALLOWED);
  }

  @Test
  void aRefusalHasAReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Contraindicated(List.of()));
  }
}
