package network.calimero.tee.quote;

/** Input holds nothing that could be a quote. The message says what was looked for and where. */
public final class QuoteNotFoundException extends Exception {
  QuoteNotFoundException(String message) {
    super(message);
  }
}
