package network.calimero.tee.collateral.pcs;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes {@code {"tcbInfo":{…},"signature":"…"}} apart without changing a byte: the signature covers
 * the inner object exactly as it was sent (dcap.md, "Collateral").
 *
 * @param text the bytes of the inner object, from its opening to its closing brace
 * @param signature r‖s, 64 bytes
 */
record SignedJson(Bytes text, Bytes signature) {
  private static final int SIGNATURE_DIGITS = 128;
  private static final JsonFactory FACTORY = StrictJson.factory(16, 64 * 1024, 20);

  /** Why an answer is not of that form. */
  static final class NotSigned extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotSigned(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /**
   * Reads an answer whose inner object has that key; other keys beside the two are not read, for
   * nothing in them is signed.
   */
  static SignedJson parse(Bytes json, String key) throws NotSigned {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json.toArray())) {
      return read(parser, json, key);
    } catch (JacksonException e) {
      throw new NotSigned("it is not JSON: " + StrictJson.why(e));
    }
  }

  private static SignedJson read(JsonParser parser, Bytes json, String key) throws NotSigned {
    Bytes text = Bytes.EMPTY;
    String signature = "";
    require(parser.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(key) && value == JsonToken.START_OBJECT) {
        text = object(parser, json);
      } else if (name.equals("signature") && value == JsonToken.VALUE_STRING) {
        signature = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    require(parser.nextToken() == null, "something follows its JSON");
    require(!text.isEmpty(), "it has no object \"" + key + "\"");
    require(signature.length() == SIGNATURE_DIGITS, "it has no \"signature\" of 64 bytes in hex");
    try {
      return new SignedJson(text, Bytes.fromHex(signature));
    } catch (IllegalArgumentException e) {
      throw new NotSigned("its \"signature\" is not hex");
    }
  }

  private static Bytes object(JsonParser parser, Bytes json) throws NotSigned {
    long from = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    long to = parser.currentLocation().getByteOffset();
    // Offsets are unknown (-1) where the text is not UTF-8.
    require(from >= 0 && to > from && to <= json.length(), "it is not UTF-8");
    Bytes text = json.slice((int) from, (int) to);
    boolean braces = text.byteAt(0) == '{' && text.byteAt(text.length() - 1) == '}';
    require(braces, "it is not plain UTF-8");
    return text;
  }

  private static void require(boolean condition, String otherwise) throws NotSigned {
    if (!condition) {
      throw new NotSigned(otherwise);
    }
  }
}
