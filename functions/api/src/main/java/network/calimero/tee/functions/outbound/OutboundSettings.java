package network.calimero.tee.functions.outbound;

import network.calimero.tee.functions.api.Setting;

/** Settings of where strangers' URLs may lead (verifier-api.md). */
public final class OutboundSettings {
  /** Hosts of KMSs. */
  public static final Setting<HostRules> KMS_ALLOWED_HOSTS =
      Setting.of(
          "KMS_ALLOWED_HOSTS",
          HostRules.ACCEPTED,
          OutboundPolicy.KMS_HOSTS,
          "Hosts that kms_url may name: by https on port 443, or by http where all its addresses are"
              + " loopback or private and listed.",
          HostRules::parse);

  /** Hosts of nodes. */
  public static final Setting<HostRules> NODE_ALLOWED_HOSTS =
      Setting.of(
          "NODE_ALLOWED_HOSTS",
          HostRules.ACCEPTED,
          OutboundPolicy.NODE_HOSTS,
          "Hosts that node_url may name: by http or https on ports 80, 443 and 2428. A range means"
              + " its public addresses, unless it is loopback or private as a whole.",
          HostRules::parse);

  private OutboundSettings() {}

  /**
   * A base URL that the operator sets: a parser of settings.
   *
   * @throws IllegalArgumentException with the problem, in words that complete "NAME …"
   */
  public static OutboundUrl url(String text) {
    try {
      return OutboundUrl.parse(text);
    } catch (OutboundException e) {
      throw new IllegalArgumentException("is no base URL: " + e.found(), e);
    }
  }
}
