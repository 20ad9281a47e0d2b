package network.calimero.tee.json;

import java.util.regex.Pattern;
import network.calimero.tee.bytes.PlainText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Readers of JSON from strangers: bounded, no key twice, nothing after the end. */
public final class StrictJson {
  /** What the parser says inside its messages of where a text comes from: never anything. */
  private static final Pattern SOURCE =
      Pattern.compile(" \\(start marker at \\[Source: [^\\]]*\\]\\)| ?\\[Source: [^\\]]*\\]");

  private static final int MAX_REASON = 400;

  private StrictJson() {}

  /**
   * A reader of trees that refuses what follows the first value.
   *
   * @param maxDepth how deep objects and arrays may nest
   * @param maxText characters of the longest text
   * @param maxNumber digits of the longest number
   */
  public static JsonMapper mapper(int maxDepth, int maxText, int maxNumber) {
    return JsonMapper.builder(factory(maxDepth, maxText, maxNumber))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Readers of single tokens under the same bounds; what follows is their user's to refuse. */
  public static JsonFactory factory(int maxDepth, int maxText, int maxNumber) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxStringLength(maxText)
                .maxNumberLength(maxNumber)
                .build())
        .build();
  }

  /**
   * Why a text does not parse, and at which line and column, both from 1. May repeat a few
   * characters of the text, none of them a control character: not for secrets.
   */
  public static String why(JacksonException failure) {
    String reason =
        PlainText.bounded(SOURCE.matcher(failure.getOriginalMessage()).replaceAll(""), MAX_REASON);
    TokenStreamLocation place = failure.getLocation();
    return place == null || place.getLineNr() < 1
        ? reason
        : "%s (line %d, column %d)".formatted(reason, place.getLineNr(), place.getColumnNr());
  }
}
