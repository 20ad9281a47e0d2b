package network.calimero.tee.functions.api;

/** Answers calls of one endpoint. Safe for use by several threads. */
@FunctionalInterface
public interface Handler {

  /**
   * The answer.
   *
   * @throws ApiException if the call is refused
   */
  HttpAnswer answer(Request request) throws ApiException;
}
