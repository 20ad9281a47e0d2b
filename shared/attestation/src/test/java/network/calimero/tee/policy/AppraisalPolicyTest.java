package network.calimero.tee.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no policy can be made of. */
class AppraisalPolicyTest {
  private static final ReferenceValues LISTS = new ReferenceValues.SeparateLists(lists());

  private static Map<Register, Set<Measurement>> lists() {
    return Arrays.stream(Register.values())
        .collect(Collectors.toMap(Function.identity(), _ -> Set.of(Measurement.ZERO)));
  }

  private static AppraisalPolicy.Enforced policy(
      Set<TcbStatus> statuses, Map<TdField, Set<Bytes>> required) {
    return new AppraisalPolicy.Enforced(
        Profile.LOCKED_READ_ONLY, Role.NODE, statuses, LISTS, required);
  }

  @Test
  void noStatusAtAllIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> policy(Set.of(), Map.of()));
  }

  @Test
  void revokedIsRefusedWhateverElseIsAllowed() {
    Set<TcbStatus> statuses = Set.of(TcbStatus.UP_TO_DATE, TcbStatus.REVOKED);
    assertThatIllegalArgumentException().isThrownBy(() -> policy(statuses, Map.of()));
  }

  @ParameterizedTest
  @EnumSource
  void requiredFieldsHaveValuesOfTheirSize(TdField field) {
    Bytes fits = Bytes.of(new byte[field.size()]);
    Bytes longer = Bytes.of(new byte[field.size() + 1]);
    Bytes shorter = Bytes.of(new byte[field.size() - 1]);
    Set<TcbStatus> statuses = Set.of(TcbStatus.UP_TO_DATE);
    assertThat(policy(statuses, Map.of(field, Set.of(fits))).required())
        .isEqualTo(Map.of(field, Set.of(fits)));
    for (Set<Bytes> wrong : Set.of(Set.<Bytes>of(), Set.of(longer), Set.of(fits, shorter))) {
      assertThatIllegalArgumentException().isThrownBy(() -> policy(statuses, Map.of(field, wrong)));
    }
  }

  @Test
  void wholeImagesAreAtLeastOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReferenceValues.Tuples(Set.of()));
  }

  @ParameterizedTest
  @EnumSource
  void everyRegisterHasAListWithAValue(Register register) {
    Map<Register, Set<Measurement>> lists = lists();
    lists.put(register, Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReferenceValues.SeparateLists(lists))
        .withMessageContaining(register.name());
    lists.remove(register);
    assertThatIllegalArgumentException().isThrownBy(() -> new ReferenceValues.SeparateLists(lists));
  }

  @ParameterizedTest
  @EnumSource
  void profilesAreFoundByTheirNamesInAnyCase(Profile profile) {
    assertThat(Profile.of(" " + profile.text().toUpperCase(Locale.ROOT) + "\n")).contains(profile);
    assertThat(Profile.of(profile.text() + "x")).isEmpty();
    assertThat(profile).hasToString(profile.text());
  }

  @Test
  void whatIsNotEnforcedIsOfDebugAndNoOther() {
    assertThat(new AppraisalPolicy.Unenforced(Role.NODE).profile()).isEqualTo(Profile.DEBUG);
  }

  @Test
  void rolesAreWrittenInLowerCase() {
    assertThat(Role.AGENT).hasToString("agent");
  }
}
