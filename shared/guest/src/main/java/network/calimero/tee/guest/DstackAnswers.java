package network.calimero.tee.guest;

import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.secret.SecretBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Reads what the dstack guest agent answers (kms-protocol.md, the dstack guest agent). */
final class DstackAnswers {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_TEXT = 4 << 20;
  private static final int MAX_DIGITS = 20;
  private static final JsonFactory FACTORY = StrictJson.factory(MAX_DEPTH, MAX_TEXT, MAX_DIGITS);
  private static final JsonMapper JSON = StrictJson.mapper(MAX_DEPTH, MAX_TEXT, MAX_DIGITS);

  /** What nodes accept (kms-protocol.md, POST /get-key), in hex digits. */
  private static final int MIN_KEY_DIGITS = 2 * SealedRelease.MIN_KEY_SIZE;

  private static final int MAX_KEY_DIGITS = 2 * SealedRelease.MAX_KEY_SIZE;
  private static final int MAX_ERROR_TEXT = 200;

  private DstackAnswers() {}

  /**
   * The key of a {@code GetKey} answer. Read as a stream, so that the key never becomes a String,
   * which could not be wiped; parsing errors are not passed on, for they may quote it.
   */
  static SecretBytes key(byte[] body) throws MalformedAnswer {
    SecretBytes key = null;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswer("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isKey = parser.currentName().equals("key");
        JsonToken value = parser.nextToken();
        if (isKey && value == JsonToken.VALUE_STRING) {
          key = keyText(parser);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new MalformedAnswer("something follows the JSON object");
      }
    } catch (JacksonException _) {
      discard(key);
      throw new MalformedAnswer("not valid JSON");
    } catch (MalformedAnswer e) {
      discard(key);
      throw e;
    }
    if (key == null) {
      throw new MalformedAnswer("no text \"key\"");
    }
    return key;
  }

  private static void discard(@Nullable SecretBytes key) {
    if (key != null) {
      key.close();
    }
  }

  /** Decodes the parser's current text and overwrites it in the parser's buffer. */
  private static SecretBytes keyText(JsonParser parser) throws MalformedAnswer {
    char[] buffer = parser.getStringCharacters();
    int offset = parser.getStringOffset();
    int digits = parser.getStringLength();
    try {
      if (digits < MIN_KEY_DIGITS || digits > MAX_KEY_DIGITS || digits % 2 != 0) {
        throw new MalformedAnswer("\"key\" is not hex of 32 to 2048 bytes");
      }
      byte[] key = new byte[digits / 2];
      for (int i = 0; i < digits; i++) {
        char digit = buffer[offset + i];
        if (!HexFormat.isHexDigit(digit)) {
          Arrays.fill(key, (byte) 0);
          throw new MalformedAnswer("\"key\" is not hex");
        }
        key[i / 2] = (byte) ((key[i / 2] << 4) | HexFormat.fromHexDigit(digit));
      }
      return SecretBytes.moveFrom(key);
    } finally {
      Arrays.fill(buffer, offset, offset + digits, '\0');
    }
  }

  /** The quote of a {@code GetQuote} answer, which must be about the report data asked for. */
  static GuestQuote quote(byte[] body, byte[] reportData) throws MalformedAnswer {
    JsonNode answer = object(body);
    byte[] quote = hex(answer, "quote");
    if (quote.length == 0 || quote.length > GuestQuote.MAX_SIZE) {
      throw new MalformedAnswer("\"quote\" is not hex of 1 to " + GuestQuote.MAX_SIZE + " bytes");
    }
    byte[] echoed = hex(answer, "report_data");
    if (echoed.length != 0 && !Arrays.equals(echoed, reportData)) {
      throw new MalformedAnswer("\"report_data\" is not what was asked for");
    }
    return GuestQuote.ofDstack(
        quote, eventLog(text(answer, "event_log")), text(answer, "vm_config"));
  }

  /** An agent without a log says so with an empty text. */
  private static ArrayNode eventLog(String text) throws MalformedAnswer {
    if (text.isBlank()) {
      return JSON.createArrayNode();
    }
    try {
      if (JSON.readTree(text) instanceof ArrayNode log) {
        return log;
      }
    } catch (JacksonException _) {
      // Said below, for an array is wanted either way.
    }
    throw new MalformedAnswer("\"event_log\" is not the text of a JSON array");
  }

  /** Who the guest is, from an {@code Info} answer. */
  static AppInfo info(byte[] body) throws MalformedAnswer {
    JsonNode answer = object(body);
    if (hex(answer, "app_id").length == 0) {
      throw new MalformedAnswer("no \"app_id\"");
    }
    return new AppInfo(
        text(answer, "app_id"),
        text(answer, "instance_id"),
        text(answer, "compose_hash"),
        text(answer, "app_name"),
        text(answer, "device_id"),
        text(answer, "os_image_hash"),
        text(answer, "key_provider_info"),
        text(answer, "tcb_info"),
        text(answer, "vm_config"));
  }

  /** {@code ": text"} of a refusal, cut short and without control characters; empty if none. */
  static String errorText(byte[] body) {
    String text;
    try {
      text = text(object(body), "error");
    } catch (MalformedAnswer _) {
      return "";
    }
    if (text.isBlank()) {
      return "";
    }
    String cut = text.length() > MAX_ERROR_TEXT ? text.substring(0, MAX_ERROR_TEXT) + "…" : text;
    // \p{C} is everything that does not print: controls, formats, lone surrogates.
    return ": " + cut.replaceAll("\\p{C}", " ").strip();
  }

  private static JsonNode object(byte[] body) throws MalformedAnswer {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JacksonException _) {
      throw new MalformedAnswer("not valid JSON");
    }
    if (!answer.isObject()) {
      throw new MalformedAnswer("not a JSON object");
    }
    return answer;
  }

  private static String text(JsonNode answer, String field) throws MalformedAnswer {
    JsonNode value = answer.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw new MalformedAnswer("\"" + field + "\" is not a text");
    }
    return value.stringValue();
  }

  private static byte[] hex(JsonNode answer, String field) throws MalformedAnswer {
    try {
      return HexFormat.of().parseHex(text(answer, field));
    } catch (IllegalArgumentException _) {
      throw new MalformedAnswer("\"" + field + "\" is not hex");
    }
  }
}
