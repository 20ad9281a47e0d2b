package network.calimero.tee.dcap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import network.calimero.tee.dcap.Shortfall.Part;

/** Step 9 of dcap.md: several statuses become one, as in Intel's library (its 4.1.2.5.2). */
final class Convergence {
  private Convergence() {}

  /** A platform's status made worse by its components' (QE, TDX module), never better. */
  static TcbStatus of(TcbStatus platform, Collection<TcbStatus> components) {
    if (platform == TcbStatus.REVOKED || components.contains(TcbStatus.REVOKED)) {
      return TcbStatus.REVOKED;
    }
    if (!components.contains(TcbStatus.OUT_OF_DATE)) {
      return platform;
    }
    return switch (platform) {
      case UP_TO_DATE, SW_HARDENING_NEEDED -> TcbStatus.OUT_OF_DATE;
      case CONFIGURATION_NEEDED, CONFIGURATION_AND_SW_HARDENING_NEEDED ->
          TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED;
      default -> platform;
    };
  }

  /**
   * The status of a TD that was launched on one TDX module and runs on another. A revoked module
   * that runs now revokes.
   */
  static TcbStatus relaunch(TcbStatus launch, TcbStatus current) {
    if (current == TcbStatus.REVOKED) {
      return TcbStatus.REVOKED;
    }
    boolean outdatedAtLaunch =
        launch == TcbStatus.OUT_OF_DATE || launch == TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED;
    boolean currentNow =
        switch (current) {
          case UP_TO_DATE,
              SW_HARDENING_NEEDED,
              CONFIGURATION_NEEDED,
              CONFIGURATION_AND_SW_HARDENING_NEEDED ->
              true;
          default -> false;
        };
    if (!outdatedAtLaunch || !currentNow) {
      return launch;
    }
    return launch.needsConfiguration() || current.needsConfiguration()
        ? TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
        : TcbStatus.TD_RELAUNCH_ADVISED;
  }

  /** The SVNs that are short, and what a status asks for beside SVNs. */
  static List<Shortfall> explain(TcbStatus status, List<Shortfall> svns) {
    if (status == TcbStatus.UP_TO_DATE) {
      return List.of();
    }
    List<Shortfall> all = new ArrayList<>(svns);
    switch (status) {
      case TD_RELAUNCH_ADVISED, TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED -> {
        // What was short at launch no longer is: only a restart is left to do.
        all.replaceAll(svn ->
            new Shortfall(Part.LAUNCH, svn.item() + " at launch", svn.found(), svn.needed()));
        all.addFirst(
            Shortfall.of(
                Part.LAUNCH, "the TD was launched before the platform was brought up to date"));
      }
      case SW_HARDENING_NEEDED, CONFIGURATION_AND_SW_HARDENING_NEEDED ->
          all.add(Shortfall.of(Part.SOFTWARE, "software in the TD or enclave has to mitigate"));
      default -> {}
    }
    if (status.needsConfiguration()) {
      all.add(Shortfall.of(Part.CONFIGURATION, "the platform's configuration is not the safe one"));
    }
    return all;
  }
}
