package network.calimero.tee.functions.api;

/** Where a call comes from: an adapter, which reads it from its platform's form. */
@FunctionalInterface
public interface CallSource {

  /**
   * Reads the call.
   *
   * @throws ApiException if it cannot be: {@link Service} answers that like any refusal
   */
  HttpCall read() throws ApiException;
}
