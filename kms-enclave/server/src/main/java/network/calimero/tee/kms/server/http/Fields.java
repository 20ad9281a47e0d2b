package network.calimero.tee.kms.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a request's body: one JSON object in UTF-8, no key twice, nothing after it. Fields
 * that nobody asks for are not looked at.
 */
final class Fields {
  private static final int MAX_DEPTH = 32;
  private static final JsonMapper STRICT =
      StrictJson.mapper(
          MAX_DEPTH,
          StreamReadConstraints.DEFAULT_MAX_STRING_LEN,
          StreamReadConstraints.DEFAULT_MAX_NUM_LEN);

  private final JsonNode object;
  private final KmsError ifWrong;

  private Fields(JsonNode object, KmsError ifWrong) {
    this.object = object;
    this.ifWrong = ifWrong;
  }

  /**
   * Reads a body.
   *
   * @throws KmsException {@code invalid_request} if it is not such an object
   */
  static Fields parse(byte[] body) throws KmsException {
    JsonNode root;
    try {
      root = STRICT.readTree(utf8(body));
    } catch (StreamConstraintsException e) {
      throw invalid(
          "the body is nested too deeply, or has a number, name or text that is too long");
    } catch (JacksonException e) {
      throw invalid("the body is not JSON: " + where(e));
    }
    if (root == null || !root.isObject()) {
      throw invalid("the body is not a JSON object");
    }
    return new Fields(root, KmsError.INVALID_REQUEST);
  }

  private static String utf8(byte[] body) throws KmsException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw invalid("the body is not UTF-8");
    }
  }

  /** Where, not what: the parser's own words may repeat the body. */
  private static String where(JacksonException e) {
    return e.getLocation() == null
        ? "it does not parse"
        : "it does not parse at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static KmsException invalid(String details) {
    return new KmsException(KmsError.INVALID_REQUEST, details);
  }

  /** The same fields, where one that is missing or of the wrong type is that error. */
  Fields refusingWith(KmsError error) {
    return new Fields(object, error);
  }

  /** A text that must be there. */
  String text(String name) throws KmsException {
    return optionalText(name).orElseThrow(() -> new KmsException(ifWrong, name + " is missing"));
  }

  /** A text that may be there; null counts as absent. */
  Optional<String> optionalText(String name) throws KmsException {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw new KmsException(ifWrong, name + " is not a text");
    }
    return Optional.of(value.stringValue());
  }

  /** Whether a flag is there and true; null counts as absent. */
  boolean flag(String name) throws KmsException {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new KmsException(ifWrong, name + " is neither true nor false");
    }
    return value.booleanValue();
  }
}
