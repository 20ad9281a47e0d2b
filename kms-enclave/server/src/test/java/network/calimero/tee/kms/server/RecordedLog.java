package network.calimero.tee.kms.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import network.calimero.tee.kms.server.log.EventLog;
import network.calimero.tee.kms.server.log.LogEvent;

/** Keeps all events of all levels. */
final class RecordedLog implements EventLog {
  private final List<LogEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void tell(LogEvent event) {
    events.add(event);
  }

  List<LogEvent> events() {
    return List.copyOf(events);
  }
}
