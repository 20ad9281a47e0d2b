package network.calimero.tee.simulator.dstack;

import network.calimero.tee.simulator.tdx.MeasuredEvent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.node.ArrayNode;

/** A machine's event log in the agent's form (measurements.md, "Event logs"). */
public final class EventLogDocument {
  private EventLogDocument() {}

  /** The log as it is now, a document of its own. */
  public static ArrayNode of(SimulatedTdxMachine machine) {
    ArrayNode log = AgentCall.MAPPER.createArrayNode();
    for (MeasuredEvent event : machine.events()) {
      log.addObject()
          .put("imr", event.register())
          .put("event_type", event.type())
          .put("digest", event.digest())
          .put("event", event.name())
          .put("event_payload", event.payload());
    }
    return log;
  }
}
