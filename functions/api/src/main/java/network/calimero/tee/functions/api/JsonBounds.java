package network.calimero.tee.functions.api;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How JSON from strangers is read. Safe for use by several threads. */
public final class JsonBounds {
  private static final int MAX_NUMBER = 32;

  private final int maxBody;
  private final int maxDepth;
  private final int maxText;
  private final Supplier<JsonMapper> mapper;

  /**
   * Bounds.
   *
   * @param maxBody bytes of the whole
   * @param maxDepth how deep objects and arrays may nest
   * @param maxText characters of the longest text
   */
  public JsonBounds(int maxBody, int maxDepth, int maxText) {
    this.maxBody = maxBody;
    this.maxDepth = maxDepth;
    this.maxText = maxText;
    this.mapper = Lazily.of(() -> StrictJson.mapper(maxDepth, maxText, MAX_NUMBER));
  }

  /** Bounds that fit most bodies: 64 KiB, 16 levels. */
  public static JsonBounds small() {
    return of(64 * 1024);
  }

  /** Bounds of a larger body, one text of which may fill it. */
  public static JsonBounds of(int maxBody) {
    return new JsonBounds(maxBody, 16, maxBody);
  }

  /** The same with deeper nesting. */
  public JsonBounds nested(int depth) {
    return new JsonBounds(maxBody, depth, maxText);
  }

  /** Bytes of the whole. */
  public int maxBody() {
    return maxBody;
  }

  /**
   * Reads one object.
   *
   * @throws ApiException if there is anything else
   */
  public ObjectNode read(Bytes body) throws ApiException {
    if (body.length() > maxBody) {
      throw TransportBody.tooLarge(maxBody);
    }
    if (body.isEmpty()) {
      throw invalid("the body is empty");
    }
    JsonNode root;
    try {
      root =
          mapper
              .get()
              .readTree(StandardCharsets.UTF_8.newDecoder().decode(body.asReadOnly()).toString());
    } catch (CharacterCodingException e) {
      throw invalid("the body is not UTF-8");
    } catch (StreamConstraintsException e) {
      throw invalid(
          "the body is nested more than %d deep, or has a name, number or text that is too long"
              .formatted(maxDepth));
    } catch (JacksonException e) {
      throw invalid("the body is not JSON" + where(e.getLocation()));
    }
    if (root == null || !root.isObject()) {
      throw invalid("the body is JSON but not an object");
    }
    return root.asObject();
  }

  /** Where, not what: the parser's own words may repeat the body. */
  private static String where(TokenStreamLocation place) {
    return place == null || place.getLineNr() < 1
        ? ""
        : ": it does not parse at line %d, column %d"
            .formatted(place.getLineNr(), place.getColumnNr());
  }

  private static ApiException invalid(String found) {
    return new ApiException(ApiProblem.INVALID_JSON, found);
  }
}
