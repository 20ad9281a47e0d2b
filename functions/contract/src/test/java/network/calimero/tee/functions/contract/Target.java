package network.calimero.tee.functions.contract;

import java.util.Optional;

/** A way in which a function is deployed. */
interface Target {
  String name();

  /** How it proves callers; empty if it can prove none. */
  Optional<String> proof();

  Reply send(Ask ask) throws Exception;

  void close() throws Exception;
}
