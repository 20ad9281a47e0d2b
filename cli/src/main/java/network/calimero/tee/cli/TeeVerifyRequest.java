package network.calimero.tee.cli;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.quote.Quote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What {@code calimero-tee-verify} is asked.
 *
 * @param quote as it is, parsed or not
 * @param nonce 32 bytes
 * @param appHash 32 bytes
 */
record TeeVerifyRequest(Bytes quote, Bytes nonce, Bytes appHash) {
  /** Bytes of the JSON: a quote in hex, and some more. */
  static final int MAX_SIZE = 2 * Quote.MAX_SIZE + 4096;

  private static final int HASH_SIZE = 32;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER = 32;

  /** The input is no such request. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String reason) {
      super(reason, null, false, false);
    }
  }

  static TeeVerifyRequest parse(byte[] input) throws UnusableException {
    if (input.length > MAX_SIZE) {
      throw new UnusableException("the input has more than %d bytes".formatted(MAX_SIZE));
    }
    JsonNode json;
    try {
      json = StrictJson.mapper(MAX_DEPTH, MAX_SIZE, MAX_NUMBER).readTree(input);
    } catch (JacksonException e) {
      throw new UnusableException("the input is no JSON: " + StrictJson.why(e));
    }
    if (json == null || !json.isObject()) {
      throw new UnusableException("the input is not a JSON object");
    }
    return new TeeVerifyRequest(quote(json), hash(json, "nonce_hex"), hash(json, "app_hash_hex"));
  }

  private static Bytes quote(JsonNode json) throws UnusableException {
    boolean base64 = json.hasNonNull("quote_b64");
    if (base64 == json.hasNonNull("quote_hex")) {
      throw new UnusableException("give quote_b64 or quote_hex, one of them");
    }
    String name = base64 ? "quote_b64" : "quote_hex";
    String text = text(json, name);
    try {
      return Bytes.of(base64 ? StrictBase64.decode(text, Quote.MAX_SIZE) : Hex.decode(text));
    } catch (IllegalArgumentException e) {
      throw new UnusableException(name + ": " + e.getMessage());
    }
  }

  private static Bytes hash(JsonNode json, String name) throws UnusableException {
    try {
      return Bytes.of(Hex.decode(text(json, name), HASH_SIZE));
    } catch (IllegalArgumentException e) {
      throw new UnusableException(name + " is not 64 hex digits");
    }
  }

  private static String text(JsonNode json, String name) throws UnusableException {
    JsonNode value = json.path(name);
    if (!value.isString()) {
      throw new UnusableException(name + " is missing, or no text");
    }
    return value.stringValue();
  }
}
