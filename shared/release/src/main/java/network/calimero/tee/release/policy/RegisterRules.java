package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.quote.Measurement;

/** What the lists of one role accept. */
final class RegisterRules {
  private static final Set<Register> FIRMWARE = EnumSet.of(Register.MRTD, Register.RTMR0);

  private RegisterRules() {}

  static void check(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    empty(file, cohort, out);
    zero(file, cohort, out);
    twice(file, cohort, out);
    mixing(file, cohort, out);
    single(file, cohort, out);
  }

  private static void empty(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    AllowedValues values = cohort.values();
    List<String> empty = new ArrayList<>();
    if (values.statuses().values().isEmpty()) {
      empty.add(values.statuses().field());
    }
    List<Register> named = new ArrayList<>();
    for (Register register : Register.values()) {
      AllowedList<Measurement> list = values.list(register);
      if (list.values().isEmpty()) {
        empty.add(list.field());
      } else {
        named.add(register);
      }
    }
    if (!empty.isEmpty()) {
      out.accept(Finding.of(LintCode.LIST_EMPTY, file, cohort.words(), String.join(", ", empty)));
    }
    if (named.equals(List.of(Register.MRTD))) {
      out.accept(Finding.of(LintCode.MRTD_ALONE, file, cohort.words(), ""));
    }
  }

  private static void zero(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    for (Register register : Register.values()) {
      AllowedList<Measurement> list = cohort.values().list(register);
      if (list.values().contains(Measurement.ZERO)) {
        LintCode code = register == Register.RTMR3 ? LintCode.RTMR3_ZERO : LintCode.REGISTER_ZERO;
        out.accept(Finding.of(code, file, cohort.words(), list.field()));
      }
    }
  }

  /** Zeros are a finding of their own. */
  private static void twice(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    Map<Measurement, Register> seen = new HashMap<>();
    for (Register register : Register.values()) {
      for (Measurement value : cohort.values().list(register).values()) {
        Register first = seen.putIfAbsent(value, register);
        if (first != null && !value.isZero()) {
          out.accept(
              Finding.of(
                  LintCode.VALUE_IN_TWO_REGISTERS,
                  file,
                  cohort.words(),
                  "%s and %s: %s…".formatted(first, register, value.hex().substring(0, 16))));
        }
      }
    }
  }

  /** Firmware changes without the image: several values there are what a change of it needs. */
  private static void mixing(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    List<Register> several =
        EnumSet.complementOf(EnumSet.copyOf(FIRMWARE)).stream()
            .filter(register -> cohort.values().list(register).values().size() > 1)
            .toList();
    if (several.size() > 1) {
      long combinations =
          several.stream()
              .mapToLong(register -> cohort.values().list(register).values().size())
              .reduce(1, (a, b) -> a * b);
      out.accept(
          Finding.of(
              LintCode.IMAGES_MIX,
              file,
              cohort.words(),
              "%d combinations of %s".formatted(combinations, names(several))));
    }
  }

  private static void single(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    List<Register> single =
        FIRMWARE.stream()
            .filter(register -> cohort.values().list(register).values().size() == 1)
            .toList();
    if (!single.isEmpty()) {
      out.accept(Finding.of(LintCode.FIRMWARE_SINGLE, file, cohort.words(), names(single)));
    }
  }

  static String names(List<Register> registers) {
    return registers.stream().map(Register::name).collect(Collectors.joining(", "));
  }
}
