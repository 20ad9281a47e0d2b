package network.calimero.tee.kms.attest;

import network.calimero.tee.bytes.Bytes;
import tools.jackson.databind.node.ArrayNode;

/**
 * A quote as the platform gave it, with what the platform tells beside it.
 *
 * @param eventLog entries as dstack writes them; empty where the platform has no such log
 * @param vmConfig dstack's description of the VM; empty where there is none
 */
public record PlatformQuote(Bytes quote, ArrayNode eventLog, String vmConfig) {

  /** Keeps a copy of the log. */
  public PlatformQuote {
    eventLog = eventLog.deepCopy();
  }

  /** A copy of the log. */
  @Override
  public ArrayNode eventLog() {
    return eventLog.deepCopy();
  }
}
