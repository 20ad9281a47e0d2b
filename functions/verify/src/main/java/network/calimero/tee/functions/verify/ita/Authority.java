package network.calimero.tee.functions.verify.ita;

import java.util.Optional;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundUrl;

/**
 * Who gives the second verdict, and by whose keys it is believed. No setting changes issuer and
 * keys: in production they are Intel's. Where quotes are sent is one, for only a token tells what
 * came of it.
 */
public final class Authority {
  /** Where Intel appraises quotes, unless a setting names another of its regions. */
  public static final String APPRAISAL = "https://api.trustauthority.intel.com/appraisal/v2/attest";

  private static final String ISSUER = "https://portal.trustauthority.intel.com";

  private final OutboundUrl appraisal;
  private final OutboundUrl keys;
  private final TokenVerifier tokens;
  private final boolean simulated;

  private Authority(
      OutboundUrl appraisal, OutboundUrl keys, TokenVerifier tokens, boolean simulated) {
    this.appraisal = appraisal;
    this.keys = keys;
    this.tokens = tokens;
    this.simulated = simulated;
  }

  /**
   * Intel's.
   *
   * @param audience whom tokens must be for, if they say
   */
  public static Authority intel(OutboundUrl appraisal, Optional<String> audience) {
    return new Authority(
        appraisal, url(ISSUER + "/certs"), new TokenVerifier(ISSUER, audience), false);
  }

  /** Another one, for demonstrations and tests; never from configuration. */
  public static Authority simulated(
      OutboundUrl appraisal, OutboundUrl keys, String issuer, Optional<String> audience) {
    return new Authority(appraisal, keys, new TokenVerifier(issuer, audience), true);
  }

  private static OutboundUrl url(String text) {
    try {
      return OutboundUrl.parse(text);
    } catch (OutboundException e) {
      throw new IllegalStateException(e);
    }
  }

  OutboundUrl appraisal() {
    return appraisal;
  }

  OutboundUrl keys() {
    return keys;
  }

  TokenVerifier tokens() {
    return tokens;
  }

  /** Whether it is not Intel's. */
  public boolean isSimulated() {
    return simulated;
  }
}
