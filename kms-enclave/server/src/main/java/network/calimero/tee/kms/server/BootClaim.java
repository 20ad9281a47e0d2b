package network.calimero.tee.kms.server;

import java.lang.System.Logger.Level;
import java.util.List;
import network.calimero.tee.guest.AppEvent;
import network.calimero.tee.guest.RuntimeMeasurements;
import network.calimero.tee.guest.RuntimeMeasurements.Outcome;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/**
 * What this key server says of itself in RTMR3, where dstack's platform lets it: its profile, and
 * the digest of its security settings. They hold until the VM's next boot (kms-config.md,
 * "Start-up").
 */
final class BootClaim {
  private static final String PROFILE = "calimero.kms.profile";
  private static final String SETTINGS = "calimero.kms.security-settings";

  private BootClaim() {}

  /**
   * Makes the claim, or sees that it is made.
   *
   * @throws BootContradictionException if since the boot another one is
   */
  static void make(KmsConfig config, RuntimeMeasurements rtmr3, EventLog log)
      throws BootContradictionException {
    switch (rtmr3.ensure(events(config))) {
      case Outcome.Measured(int added) ->
          log.tell(
              LogEvent.of(Level.INFO, "rtmr3.measured")
                  .with("profile", config.profile().text())
                  .with("securityDigest", config.securityDigest())
                  .with("added", added));
      case Outcome.Impossible(String reason) ->
          log.tell(
              LogEvent.of(Level.WARNING, "rtmr3.not_measured")
                  .with("details", reason)
                  .with(
                      "consequence",
                      "quotes of this KMS do not name its profile and settings; that is the normal"
                          + " case in a container that has only the agent's socket"));
      case Outcome.Refused(String reason) -> throw new BootContradictionException(reason);
    }
  }

  /** The profile's in the original's words; the settings beside it, not to change those. */
  private static List<AppEvent> events(KmsConfig config) {
    return List.of(
        new AppEvent(PROFILE, PROFILE + "=" + config.profile().text()),
        new AppEvent(SETTINGS, SETTINGS + "=" + config.securityDigest()));
  }
}
