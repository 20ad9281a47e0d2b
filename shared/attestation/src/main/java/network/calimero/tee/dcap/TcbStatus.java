package network.calimero.tee.dcap;

import java.util.Optional;

/** What Intel says of a platform's trusted computing base (dcap.md, step 9), worst last. */
public enum TcbStatus {
  UP_TO_DATE("UpToDate"),
  SW_HARDENING_NEEDED("SWHardeningNeeded"),
  CONFIGURATION_NEEDED("ConfigurationNeeded"),
  CONFIGURATION_AND_SW_HARDENING_NEEDED("ConfigurationAndSWHardeningNeeded"),
  TD_RELAUNCH_ADVISED("TDRelaunchAdvised"),
  TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED("TDRelaunchAdvisedConfigurationNeeded"),
  OUT_OF_DATE("OutOfDate"),
  OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded"),
  REVOKED("Revoked");

  private final String text;

  TcbStatus(String text) {
    this.text = text;
  }

  /** Intel's own spelling, as in TCB info and in policies. */
  public String text() {
    return text;
  }

  /** The status of that exact spelling, empty for any other text. */
  public static Optional<TcbStatus> of(String text) {
    for (TcbStatus status : values()) {
      if (status.text.equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** The status of that spelling in any case, as policies write it; empty for any other text. */
  public static Optional<TcbStatus> ofAnyCase(String text) {
    for (TcbStatus status : values()) {
      if (status.text.equalsIgnoreCase(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Whether the platform's configuration (usually its BIOS settings) is part of what is wrong. */
  boolean needsConfiguration() {
    return switch (this) {
      case CONFIGURATION_NEEDED,
          CONFIGURATION_AND_SW_HARDENING_NEEDED,
          OUT_OF_DATE_CONFIGURATION_NEEDED,
          TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED ->
          true;
      case UP_TO_DATE, SW_HARDENING_NEEDED, OUT_OF_DATE, TD_RELAUNCH_ADVISED, REVOKED -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
