package network.calimero.tee.quote;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.quote.QuoteInput.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks for a quote in the JSON that services answer with. */
final class QuoteInJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final List<String> BASE64_FIELDS = List.of("quoteB64", "quote_b64");
  private static final String DSTACK_FIELD = "quote";
  private static final String NESTING_FIELD = "data";

  private QuoteInJson() {}

  static QuoteInput find(String json) throws QuoteNotFoundException {
    JsonNode root = parse(json);
    if (root.isArray()) {
      return numbers(root, "");
    }
    List<QuoteInput> found = new ArrayList<>();
    collect(root, "", found);
    @Nullable JsonNode nested = root.get(NESTING_FIELD);
    if (nested != null) {
      collect(nested, NESTING_FIELD + ".", found);
    }
    return onlyOne(found);
  }

  private static JsonNode parse(String json) throws QuoteNotFoundException {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new QuoteNotFoundException(
          "the text begins like JSON but is not: " + StrictJson.why(e));
    }
  }

  private static void collect(JsonNode object, String path, List<QuoteInput> found)
      throws QuoteNotFoundException {
    for (String name : BASE64_FIELDS) {
      @Nullable JsonNode value = object.get(name);
      if (value != null && value.isString()) {
        found.add(base64(value.stringValue(), path + name));
      }
    }
    @Nullable JsonNode value = object.get(DSTACK_FIELD);
    if (value != null && value.isString()) {
      found.add(QuoteInput.decode(value.stringValue(), path + DSTACK_FIELD));
    } else if (value != null && value.isArray()) {
      found.add(numbers(value, path + DSTACK_FIELD));
    }
  }

  private static QuoteInput base64(String text, String field) throws QuoteNotFoundException {
    try {
      return QuoteInput.decodeBase64(text, field);
    } catch (IllegalArgumentException e) {
      throw new QuoteNotFoundException(
          "%s is not base64: %s".formatted(QuoteInput.place(field), e.getMessage()));
    }
  }

  private static QuoteInput numbers(JsonNode array, String field) throws QuoteNotFoundException {
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      JsonNode value = array.get(i);
      if (!value.isInt() || value.intValue() < 0 || value.intValue() > 255) {
        throw new QuoteNotFoundException(
            "the JSON array is not one of bytes: element %d is not a number from 0 to 255"
                .formatted(i));
      }
      bytes[i] = (byte) value.intValue();
    }
    return new QuoteInput(Bytes.of(bytes), Encoding.NUMBERS, field);
  }

  private static QuoteInput onlyOne(List<QuoteInput> found) throws QuoteNotFoundException {
    if (found.isEmpty()) {
      throw new QuoteNotFoundException(
          "the JSON has no quote: looked for quoteB64, quote_b64 and quote, at the top and under"
              + " data");
    }
    Set<Bytes> distinct =
        found.stream().map(QuoteInput::bytes).collect(Collectors.toCollection(LinkedHashSet::new));
    if (distinct.size() > 1) {
      throw new QuoteNotFoundException(
          "the JSON has different quotes: "
              + found.stream().map(QuoteInput::describe).collect(Collectors.joining(", ")));
    }
    return found.getFirst();
  }
}
