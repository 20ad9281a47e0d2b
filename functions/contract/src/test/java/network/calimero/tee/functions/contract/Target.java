package network.calimero.tee.functions.contract;

import java.util.Optional;

/** A way in which a function is deployed. */
interface Target extends AutoCloseable {
  String name();

  /** How it proves callers; empty if it can prove none. */
  Optional<String> proof();

  Reply send(Ask ask) throws Exception;

  @Override
  void close() throws Exception;
}
