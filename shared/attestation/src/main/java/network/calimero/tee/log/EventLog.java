package network.calimero.tee.log;

/** Where events are told to the operator. Safe for use by several threads. */
@FunctionalInterface
public interface EventLog {

  /** Tells one event, if its level is asked for; never fails. */
  void tell(LogEvent event);
}
