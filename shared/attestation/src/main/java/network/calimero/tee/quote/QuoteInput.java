package network.calimero.tee.quote;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a quote, found by looking at a file: as they are, in hex, in base64, or in the JSON
 * that a KMS ({@code quoteB64}), a node ({@code data.quoteB64}) or a dstack agent ({@code quote})
 * answers with. Whether they are a quote is for {@link Quote#parse} to say.
 *
 * @param bytes what was found, decoded
 * @param encoding how it was written
 * @param field the path of the JSON field it was in; null if it was not in JSON, empty if it was
 *     all of it
 */
public record QuoteInput(Bytes bytes, Encoding encoding, @Nullable String field) {
  /** The largest file that is looked at: 1 MiB. */
  public static final int MAX_FILE_SIZE = 1 << 20;

  /** The ways of writing a quote. */
  public enum Encoding {
    /** The bytes themselves. */
    BINARY("binary"),
    /** Hex of either case. */
    HEX("hex"),
    /** Base64 with padding. */
    BASE64("base64"),
    /** A JSON array with one number for each byte. */
    NUMBERS("numbers");

    private final String word;

    Encoding(String word) {
      this.word = word;
    }
  }

  /**
   * Looks for a quote.
   *
   * @param file everything that was read, at most {@link #MAX_FILE_SIZE} bytes
   * @throws QuoteNotFoundException if it is larger, empty, or text in which there is none
   */
  public static QuoteInput find(byte[] file) throws QuoteNotFoundException {
    if (file.length > MAX_FILE_SIZE) {
      throw new QuoteNotFoundException(
          "the input has %d bytes; at most %d are looked at".formatted(file.length, MAX_FILE_SIZE));
    }
    if (!isText(file)) {
      return new QuoteInput(Bytes.of(file), Encoding.BINARY, null);
    }
    String text = new String(file, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new QuoteNotFoundException("the input is empty");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return QuoteInJson.find(text);
    }
    return decode(withoutWhiteSpace(text), null);
  }

  /** What was found, in words: {@code base64 in JSON field data.quoteB64}. */
  public String describe() {
    if (field == null) {
      return encoding.word;
    }
    return encoding.word + (field.isEmpty() ? " in a JSON array" : " in JSON field " + field);
  }

  /** Text that is hex, with or without 0x, or else base64. */
  static QuoteInput decode(String text, @Nullable String field) throws QuoteNotFoundException {
    boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
    String digits = prefixed ? text.substring(2) : text;
    try {
      if (prefixed || digits.chars().allMatch(HexFormat::isHexDigit)) {
        return new QuoteInput(Bytes.fromHex(digits), Encoding.HEX, field);
      }
      return decodeBase64(text, field);
    } catch (IllegalArgumentException e) {
      throw new QuoteNotFoundException(
          "%s is neither hex nor base64: %s".formatted(place(field), e.getMessage()));
    }
  }

  static QuoteInput decodeBase64(String text, @Nullable String field) {
    byte[] decoded = StrictBase64.decode(text, MAX_FILE_SIZE);
    return new QuoteInput(Bytes.of(decoded), Encoding.BASE64, field);
  }

  static String place(@Nullable String field) {
    return field == null ? "the text" : "JSON field " + field;
  }

  /** A quote's bytes always hold some that text never does: the zeros of its header. */
  private static boolean isText(byte[] file) {
    for (byte b : file) {
      boolean control = b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t';
      if (control || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String withoutWhiteSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
