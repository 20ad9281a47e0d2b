package network.calimero.tee.release.policy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.release.AllowedList;

/** How good a platform must be. */
final class TcbRules {
  private static final Set<TcbStatus> OUT_OF_DATE =
      EnumSet.of(TcbStatus.OUT_OF_DATE, TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);
  private static final Set<TcbStatus> CONFIGURATION =
      EnumSet.of(
          TcbStatus.CONFIGURATION_NEEDED,
          TcbStatus.CONFIGURATION_AND_SW_HARDENING_NEEDED,
          TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
  private static final Set<TcbStatus> RELAUNCH =
      EnumSet.of(TcbStatus.TD_RELAUNCH_ADVISED, TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
  private static final Set<TcbStatus> HARDENING = EnumSet.of(TcbStatus.SW_HARDENING_NEEDED);

  private TcbRules() {}

  static void check(PolicyFile.Judging file, Cohort cohort, Consumer<Finding> out) {
    AllowedList<TcbStatus> list = cohort.values().statuses();
    Set<TcbStatus> statuses = list.values();
    if (list.field().isEmpty()) {
      out.accept(Finding.of(LintCode.TCB_DEFAULTED, file, cohort.words(), ""));
    }
    if (statuses.isEmpty()) {
      return; // an empty list is told with the other empty ones
    }
    boolean upToDate = statuses.contains(TcbStatus.UP_TO_DATE);
    if (OUT_OF_DATE.containsAll(statuses)) {
      out.accept(found(LintCode.TCB_ONLY_OUT_OF_DATE, file, cohort, statuses));
    } else {
      note(LintCode.TCB_OUT_OF_DATE, OUT_OF_DATE, file, cohort, out);
      if (!upToDate) {
        out.accept(found(LintCode.TCB_UP_TO_DATE_MISSING, file, cohort, statuses));
      }
    }
    note(LintCode.TCB_CONFIGURATION, CONFIGURATION, file, cohort, out);
    note(LintCode.TCB_RELAUNCH, RELAUNCH, file, cohort, out);
    note(LintCode.TCB_SW_HARDENING, HARDENING, file, cohort, out);
  }

  private static void note(
      LintCode code,
      Set<TcbStatus> weak,
      PolicyFile.Judging file,
      Cohort cohort,
      Consumer<Finding> out) {
    List<TcbStatus> allowed =
        cohort.values().statuses().values().stream().filter(weak::contains).toList();
    if (!allowed.isEmpty()) {
      out.accept(found(code, file, cohort, allowed));
    }
  }

  private static Finding found(
      LintCode code, PolicyFile.Judging file, Cohort cohort, Collection<TcbStatus> statuses) {
    return Finding.of(code, file, cohort.words(), words(statuses));
  }

  /** As policies spell them. */
  static String words(Collection<TcbStatus> statuses) {
    return statuses.stream()
        .map(status -> status.text().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
