package network.calimero.tee.functions.verify;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.outbound.OutboundSettings;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Authority;

/** Settings of the verifier (verifier-api.md). None of them changes what is believed. */
public final class VerifySettings {
  private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");
  private static final int MAX_PER_DAY = 1_000_000;
  private static final int MAX_SECONDS = 60;

  /** The key for Intel Trust Authority. */
  public static final Setting<String> ITA_API_KEY =
      Setting.secret(
          "ITA_API_KEY",
          "a key of Intel Trust Authority",
          "Without it the second verdict is not possible, and the own one stands alone.",
          VerifySettings::key);

  /** Where quotes are sent. */
  public static final Setting<OutboundUrl> ITA_APPRAISAL_URL =
      Setting.of(
          "ITA_APPRAISAL_URL",
          "an https:// URL",
          Authority.APPRAISAL,
          "Where Intel Trust Authority appraises quotes; whose tokens are believed does not change"
              + " with it.",
          OutboundSettings::url);

  /** Whom tokens may be for. */
  public static final Setting<String> ITA_AUDIENCE =
      Setting.optional(
          "ITA_AUDIENCE",
          "a text",
          "The audience that tokens must name if they name one; without it a token that names any is"
              + " refused.",
          text -> text);

  /** How often the authority is asked. */
  public static final Setting<Integer> ITA_REQUESTS_PER_DAY =
      Setting.of(
          "ITA_REQUESTS_PER_DAY",
          "a number from 0 to " + MAX_PER_DAY,
          "1000",
          "The most requests that one instance sends Intel Trust Authority on one day (UTC); how"
              + " many instances there can be is the platform's to bound.",
          text -> number(text, 0, MAX_PER_DAY));

  /** How long one call may take. */
  public static final Setting<Duration> VERIFY_TIMEOUT_SECONDS =
      Setting.of(
          "VERIFY_TIMEOUT_SECONDS",
          "a number from 1 to " + MAX_SECONDS,
          "25",
          "How long one verification may take; what is not known by then is answered as not"
              + " possible.",
          text -> Duration.ofSeconds(number(text, 1, MAX_SECONDS)));

  private VerifySettings() {}

  /** All of them, those of outgoing requests included. */
  public static List<Setting<?>> all() {
    return List.of(
        ITA_API_KEY,
        ITA_APPRAISAL_URL,
        ITA_AUDIENCE,
        ITA_REQUESTS_PER_DAY,
        VERIFY_TIMEOUT_SECONDS,
        OutboundSettings.NODE_ALLOWED_HOSTS,
        OutboundSettings.KMS_ALLOWED_HOSTS);
  }

  private static String key(String text) {
    if (!KEY.matcher(text).matches()) {
      throw new IllegalArgumentException("is not printable ASCII without white space");
    }
    return text;
  }

  private static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException("is no number from %d to %d".formatted(least, most));
  }
}
