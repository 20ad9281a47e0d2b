package network.calimero.tee.dcap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.Shortfall.Part;

/**
 * The search for the TCB level of a platform, a QE or a module, and what a better level would need.
 */
final class TcbLevels {
  private static final int COMPONENTS = 16;

  private TcbLevels() {}

  /**
   * The SVNs of a platform as its PCK certificate and its TD report give them.
   *
   * @param teeTcbSvn 16 bytes for TDX, empty for SGX
   */
  record Svns(List<Integer> sgx, int pce, Optional<Bytes> teeTcbSvn) {

    /**
     * Components 0 and 1 speak of the TDX module, which has an identity of its own from version 1.
     */
    int firstTdxComponent() {
      return moduleVersion() > 0 ? 2 : 0;
    }

    /** The TDX module's major version; 0 for SGX and for modules without an identity. */
    int moduleVersion() {
      return teeTcbSvn.map(svn -> svn.byteAt(1)).orElse(0);
    }

    int moduleIsvSvn() {
      return teeTcbSvn.map(svn -> svn.byteAt(0)).orElse(0);
    }
  }

  /** The highest level that the platform reaches (step 7). */
  static TcbInfo.Level platformLevel(TcbInfo info, Svns svns) throws VerificationException {
    for (TcbInfo.Level level : info.levels()) {
      if (missing(level, svns).isEmpty()) {
        return level;
      }
    }
    List<Shortfall> missing = missing(info.levels().getLast(), svns);
    throw new VerificationException(
        FailureCode.NO_TCB_LEVEL,
        "the platform is below every TCB level: " + missing.getFirst().text());
  }

  /** The highest level that an ISV SVN reaches (steps 5 and 8); empty if it is below all. */
  static Optional<TcbInfo.IsvLevel> isvLevel(List<TcbInfo.IsvLevel> levels, int isvSvn) {
    return levels.stream().filter(level -> level.isvSvn() <= isvSvn).findFirst();
  }

  /** What the platform lacks for that level: nothing, if it reaches it. */
  static List<Shortfall> missing(TcbInfo.Level level, Svns svns) {
    List<Shortfall> missing = new ArrayList<>();
    for (int i = 0; i < COMPONENTS; i++) {
      addIfShort(
          missing,
          Part.SGX_COMPONENT,
          "SGX TCB component " + i,
          svns.sgx().get(i),
          level.sgxComponents().get(i));
    }
    addIfShort(missing, Part.PCE, "PCESVN", svns.pce(), level.pceSvn());
    if (svns.teeTcbSvn().isPresent()) {
      Bytes teeTcbSvn = svns.teeTcbSvn().get();
      for (int i = svns.firstTdxComponent(); i < COMPONENTS; i++) {
        addIfShort(
            missing,
            Part.TDX_COMPONENT,
            "TDX TCB component " + i,
            teeTcbSvn.byteAt(i),
            level.tdxComponents().get(i));
      }
    }
    return missing;
  }

  private static void addIfShort(
      List<Shortfall> missing, Part part, String item, int found, int needed) {
    if (found < needed) {
      missing.add(new Shortfall(part, item, found, needed));
    }
  }

  /**
   * What the platform lacks for the level that Intel calls up to date; empty if only settings
   * differ.
   */
  static List<Shortfall> toBestLevel(TcbInfo info, Svns svns) {
    TcbInfo.Level best =
        info.levels().stream()
            .filter(level -> level.status() == TcbStatus.UP_TO_DATE)
            .findFirst()
            .orElse(info.levels().getFirst());
    return missing(best, svns);
  }

  /** What an ISV SVN lacks for its level that is up to date. */
  static List<Shortfall> toBestLevel(
      List<TcbInfo.IsvLevel> levels, int isvSvn, Part part, String item) {
    int needed =
        levels.stream()
            .filter(level -> level.status() == TcbStatus.UP_TO_DATE)
            .mapToInt(TcbInfo.IsvLevel::isvSvn)
            .min()
            .orElse(levels.getFirst().isvSvn());
    return isvSvn < needed ? List.of(new Shortfall(part, item, isvSvn, needed)) : List.of();
  }
}
