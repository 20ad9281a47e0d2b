package network.calimero.tee.kms.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/** Keeps all events of all levels. */
final class RecordedLog implements EventLog {
  private final Queue<LogEvent> events = new ConcurrentLinkedQueue<>();

  @Override
  public void tell(LogEvent event) {
    events.add(event);
  }

  List<LogEvent> events() {
    return List.copyOf(events);
  }

  /** What events of that name tell beside what anybody may know. */
  List<String> reasons(String name) {
    return events.stream()
        .filter(event -> event.name().equals(name))
        .map(event -> String.valueOf(event.fields().get("reason")))
        .toList();
  }
}
