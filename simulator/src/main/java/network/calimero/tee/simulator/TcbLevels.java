package network.calimero.tee.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.calimero.tee.simulator.collateral.SvnLevel;
import network.calimero.tee.simulator.collateral.TcbLevel;

/** Levels that give a platform, an enclave or a module the status a test asks for. */
final class TcbLevels {
  private static final String UP_TO_DATE = "UpToDate";
  private static final String OUT_OF_DATE = "OutOfDate";
  private static final String OLD_ADVISORY = "INTEL-SA-00001";
  private static final Duration NEW = Duration.ofDays(100);
  private static final Duration OWN = Duration.ofDays(300);
  private static final Duration OLD = Duration.ofDays(900);

  /** Statuses of machines that lack something a newer level has. */
  private static final Set<String> SHORT =
      Set.of(OUT_OF_DATE, "OutOfDateConfigurationNeeded", "Revoked");

  private final Instant now;

  TcbLevels(Instant now) {
    this.now = now;
  }

  /**
   * Levels among which a platform finds its own with the status asked for: above it, if it is short
   * of something, an UpToDate level that needs one more of SGX component 0; below it an older one.
   */
  List<TcbLevel> platform(Tcb tcb, Status status) {
    TcbLevel own =
        new TcbLevel(
            tcb.sgx(), tcb.pceSvn(), tcb.tdx(), day(OWN), status.text(), status.advisoryIds());
    int first = tcb.sgx().getFirst();
    List<TcbLevel> levels = new ArrayList<>();
    if (SHORT.contains(status.text())) {
      levels.add(own.withSgx(0, first + 1).withStatus(UP_TO_DATE).withDate(day(NEW)));
    }
    levels.add(own);
    levels.add(own.withSgx(0, first - 1).withStatus(OUT_OF_DATE, OLD_ADVISORY).withDate(day(OLD)));
    return levels;
  }

  /** The same for the one SVN of an enclave or a module. */
  List<SvnLevel> svn(int isvSvn, Status status) {
    List<SvnLevel> levels = new ArrayList<>();
    if (SHORT.contains(status.text())) {
      levels.add(new SvnLevel(isvSvn + 1, day(NEW), UP_TO_DATE, List.of()));
    }
    levels.add(new SvnLevel(isvSvn, day(OWN), status.text(), status.advisoryIds()));
    levels.add(new SvnLevel(isvSvn - 1, day(OLD), OUT_OF_DATE, List.of(OLD_ADVISORY)));
    return levels;
  }

  /** Levels that start above an SVN, so that it finds none. */
  List<SvnLevel> above(int isvSvn) {
    return List.of(new SvnLevel(isvSvn + 1, day(NEW), UP_TO_DATE, List.of()));
  }

  /** Levels that start above a platform, so that it finds none. */
  List<TcbLevel> above(Tcb tcb) {
    List<TcbLevel> levels = platform(tcb, new Status(OUT_OF_DATE, List.of()));
    return levels.subList(0, 1);
  }

  private Instant day(Duration ago) {
    return now.minus(ago).truncatedTo(ChronoUnit.DAYS);
  }

  /** What a level is compared with; TDX components as a level lists them. */
  record Tcb(List<Integer> sgx, int pceSvn, List<Integer> tdx) {}

  /** A status text, known or not, and its advisories. */
  record Status(String text, List<String> advisoryIds) {
    static Status of(String text, String... advisoryIds) {
      return new Status(text, List.of(advisoryIds));
    }
  }
}
