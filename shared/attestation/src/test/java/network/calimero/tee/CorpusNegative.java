package network.calimero.tee;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real quote with real collateral and one change to either, which the corpus describes in words.
 */
final class CorpusNegative {
  /** What the corpus can say, and what it means. */
  private static final Map<Pattern, BiConsumer<CorpusNegative, MatchResult>> CHANGES =
      Map.of(
          Pattern.compile("none|now .*"),
          (it, words) -> {},
          Pattern.compile("quote\\[(\\d+)] \\^= 0x([0-9a-f]{2})"),
          (it, words) ->
              it.quote[Integer.parseInt(words.group(1))] ^=
                  (byte) Integer.parseInt(words.group(2), 16),
          Pattern.compile("quote truncated to (\\d+) bytes"),
          (it, words) -> it.quote = Arrays.copyOf(it.quote, Integer.parseInt(words.group(1))),
          Pattern.compile("declared quote \\+ 0xff"),
          (it, words) -> it.appendTo(0xff),
          Pattern.compile("(\\w+) := (.*)"),
          (it, words) -> it.bundle.put(words.group(1), it.value(words.group(1), words.group(2))),
          Pattern.compile("one space inserted after the first \\{ of (\\w+).*"),
          (it, words) -> it.change(words.group(1), text -> text.replaceFirst("\\{", "{ ")),
          Pattern.compile("bundle (\\S+)"),
          (it, words) -> it.bundle = (ObjectNode) Corpus.json(words.group(1)),
          Pattern.compile("last byte of (\\w+) changed"),
          (it, words) -> it.change(words.group(1), CorpusNegative::lastByteChanged));

  private byte[] quote;
  private ObjectNode bundle;

  private CorpusNegative(byte[] quote, ObjectNode bundle) {
    this.quote = quote;
    this.bundle = bundle;
  }

  /** Carries out what the row's {@code op} says; its {@code now} needs nothing done. */
  static CorpusNegative of(JsonNode row) {
    CorpusNegative negative =
        new CorpusNegative(
            Corpus.bytes(row.get("quote").stringValue()).toArray(),
            (ObjectNode) Corpus.json(row.get("bundle").stringValue()));
    negative.apply(row.get("op").stringValue());
    return negative;
  }

  Bytes quote() {
    return Bytes.of(quote);
  }

  Bytes bundle() {
    return Bytes.of(bundle.toString().getBytes(UTF_8));
  }

  private void apply(String op) {
    int known = 0;
    for (var change : CHANGES.entrySet()) {
      Matcher matcher = change.getKey().matcher(op);
      if (matcher.matches()) {
        change.getValue().accept(this, matcher.toMatchResult());
        known++;
      }
    }
    if (known != 1) {
      throw new IllegalArgumentException(known + " meanings are known of: " + op);
    }
  }

  private void appendTo(int value) {
    quote = Arrays.copyOf(quote, declaredLength() + 1);
    quote[quote.length - 1] = (byte) value;
  }

  private void change(String key, UnaryOperator<String> change) {
    bundle.put(key, change.apply(text(key)));
  }

  private static String lastByteChanged(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    bytes[bytes.length - 1] ^= 1;
    return HexFormat.of().formatHex(bytes);
  }

  private int declaredLength() {
    try {
      return Quote.parse(quote).declaredLength();
    } catch (QuoteFormatException e) {
      throw new IllegalArgumentException("not a quote to begin with", e);
    }
  }

  private String value(String key, String description) {
    return switch (description) {
      case "\"\"" -> "";
      case "leaf only" -> {
        String end = "-----END CERTIFICATE-----\n";
        yield text(key).substring(0, text(key).indexOf(end) + end.length());
      }
      case "newest 2025 CRL of the other PCK CA" -> newestCrl(otherCa() + "-ca-2025");
      case "a 2023 PCK Platform CA CRL" -> newestCrl("platform-ca-2023");
      default -> bundle.has(description) ? text(description) : hex(description);
    };
  }

  private static String hex(String literal) {
    return HexFormat.of().formatHex(HexFormat.of().parseHex(literal));
  }

  private String otherCa() {
    String platform = HexFormat.of().formatHex("PCK Platform CA".getBytes(US_ASCII));
    return text("pck_crl").contains(platform) ? "processor" : "platform";
  }

  private static String newestCrl(String prefix) {
    try (Stream<Path> files = Files.list(Corpus.path("collateral/crl"))) {
      Path newest =
          files
              .filter(file -> file.getFileName().toString().startsWith("pck-" + prefix))
              .max(Comparator.comparing(file -> file.getFileName().toString()))
              .orElseThrow();
      return HexFormat.of().formatHex(Files.readAllBytes(newest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String key) {
    return bundle.get(key).stringValue();
  }
}
