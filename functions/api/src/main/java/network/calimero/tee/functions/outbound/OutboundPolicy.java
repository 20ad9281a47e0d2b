package network.calimero.tee.functions.outbound;

import java.util.Set;

/**
 * Where requests of one kind may go.
 *
 * @param usualPorts for hosts that are listed without a port
 * @param httpAnywhere whether http will do; else it does only for loopback and private addresses
 */
public record OutboundPolicy(HostRules hosts, Set<Integer> usualPorts, boolean httpAnywhere) {

  /** Hosts of KMSs if nothing is set (verifier-api.md). */
  public static final String KMS_HOSTS = "phala.network, *.phala.network";

  /** Hosts of nodes if nothing is set: any public address, no name. */
  public static final String NODE_HOSTS = "0.0.0.0/0, ::/0";

  /** Keeps a copy of the ports. */
  public OutboundPolicy {
    usualPorts = Set.copyOf(usualPorts);
  }

  /** KMSs: https. */
  public static OutboundPolicy kms(HostRules hosts) {
    return new OutboundPolicy(hosts, Set.of(443), false);
  }

  /** Nodes: http or https, on the ports of merod's API and of what stands before it. */
  public static OutboundPolicy nodes(HostRules hosts) {
    return new OutboundPolicy(hosts, Set.of(80, 443, 2428), true);
  }

  /** One host that the operator has set, on exactly its port. */
  public static OutboundPolicy only(OutboundUrl url) {
    String host =
        url.address().filter(a -> !a.isV4()).isPresent() ? "[" + url.host() + "]" : url.host();
    return new OutboundPolicy(HostRules.parse(host + ":" + url.port()), Set.of(), false);
  }
}
