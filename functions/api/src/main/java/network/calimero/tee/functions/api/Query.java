package network.calimero.tee.functions.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a call, each checked against its description. Others are left unread. */
final class Query {
  private static final int MAX_SHOWN = 60;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query parse(String query, List<Parameter> parameters) throws ApiException {
    Map<String, String> values = new HashMap<>();
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      boolean known = parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
      if (known && values.put(name, equals < 0 ? "" : decode(part.substring(equals + 1))) != null) {
        throw new ApiException(ApiProblem.INVALID_QUERY, name + " is there more than once");
      }
    }
    for (Parameter parameter : parameters) {
      check(parameter, Optional.ofNullable(values.get(parameter.name())));
    }
    return new Query(values);
  }

  private static void check(Parameter parameter, Optional<String> value) throws ApiException {
    if (value.isEmpty()) {
      if (parameter.required()) {
        throw new ApiException(
            parameter.problem(),
            "%s is missing; accepted: %s".formatted(parameter.name(), parameter.accepted()));
      }
      return;
    }
    if (!parameter.pattern().matcher(value.get()).matches()) {
      throw new ApiException(
          parameter.problem(),
          "%s is \"%s\"; accepted: %s"
              .formatted(parameter.name(), brief(value.get()), parameter.accepted()));
    }
  }

  private static String brief(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Percent-encoded UTF-8, a plus for a blank, as forms have it. */
  private static String decode(String text) throws ApiException {
    ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
          throw new ApiException(ApiProblem.INVALID_QUERY, "a percent sign is not followed by hex");
        }
        bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.put(String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new ApiException(ApiProblem.INVALID_QUERY, "the query is not UTF-8", e);
    }
  }

  private static boolean isHex(char c) {
    return HexFormat.isHexDigit(c);
  }
}
