package network.calimero.tee.functions.verify.ita;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signed token taken apart (RFC 7515, compact form); nobody says yet that it is anybody's.
 *
 * @param signed what the signature is over
 */
record Token(Algorithm algorithm, String keyId, ObjectNode claims, Bytes signed, Bytes signature) {
  private static final int MAX_LENGTH = 64 * 1024;

  static Token parse(String text) throws TokenRefusedException {
    String[] parts = parts(text);
    ObjectNode header = object(parts[0]);
    Algorithm algorithm = algorithm(header);
    // "crit" lists extensions that must be understood, and "b64" is one: none is.
    if (header.has("crit") || header.has("b64") || header.has("zip")) {
      throw new TokenRefusedException(TokenFault.TOKEN_HEADER_REFUSED, "");
    }
    return new Token(
        algorithm,
        keyId(header),
        object(parts[1]),
        Bytes.of((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)),
        Base64Url.decode(parts[2]).orElseThrow(() -> malformed("its signature")));
  }

  /** What it claims, for showing beside the words that nothing of it is proven. */
  static Optional<ObjectNode> unproven(String text) {
    try {
      return Optional.of(object(parts(text)[1]));
    } catch (TokenRefusedException _) {
      return Optional.empty();
    }
  }

  private static String[] parts(String text) throws TokenRefusedException {
    String[] parts = text.split("\\.", -1);
    if (text.length() > MAX_LENGTH || parts.length != 3) {
      throw new TokenRefusedException(TokenFault.TOKEN_MALFORMED, "not three parts, or too long");
    }
    return parts;
  }

  private static ObjectNode object(String part) throws TokenRefusedException {
    Bytes json = Base64Url.decode(part).orElseThrow(() -> malformed("a part"));
    try {
      return JsonFields.parse(json, MAX_LENGTH).tree().asObject();
    } catch (MalformedException _) {
      throw new TokenRefusedException(TokenFault.TOKEN_MALFORMED, "a part is no JSON object");
    }
  }

  private static Algorithm algorithm(ObjectNode header) throws TokenRefusedException {
    String name = text(header, "alg");
    return Algorithm.of(name)
        .orElseThrow(
            () -> new TokenRefusedException(TokenFault.TOKEN_ALGORITHM_REFUSED, "alg " + name));
  }

  private static String keyId(ObjectNode header) throws TokenRefusedException {
    if (!header.hasNonNull("kid")) {
      throw new TokenRefusedException(TokenFault.TOKEN_KEY_ID_MISSING, "");
    }
    String id = text(header, "kid");
    if (id.isEmpty()) {
      throw new TokenRefusedException(TokenFault.TOKEN_MALFORMED, "kid is no text");
    }
    return id;
  }

  private static String text(ObjectNode header, String name) {
    JsonNode value = header.get(name);
    return value != null && value.isString() ? value.stringValue() : "";
  }

  private static TokenRefusedException malformed(String what) {
    return new TokenRefusedException(TokenFault.TOKEN_MALFORMED, what + " is not base64url");
  }
}
