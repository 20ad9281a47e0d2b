package network.calimero.tee.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;

/**
 * What makes an input longer, as often as it takes.
 *
 * @param name for people
 * @param part the part of some number
 */
record Filler(String name, IntFunction<String> part) {
  private static final int SLICES = 4;

  private static final List<Filler> GENERAL =
      List.of(
          of("digits", "9"),
          of("letters", "a"),
          of("zero bytes", "\0"),
          of("bytes of ones", "\u00ff"),
          of("spaces", " "),
          of("lines", "\n"),
          of("quotes", "\""),
          of("escapes", "\\u0041"),
          of("percent signs", "%41"),
          of("dots", "."),
          of("slashes", "../"),
          of("dashes", "-----BEGIN CERTIFICATE-----\n"),
          of("arrays", "["),
          of("objects", "{\"a\":"),
          of("numbers", "1,"),
          of("texts", "\"a\","),
          of("lists", "[],"),
          of("nested DER", "0\u0080"),
          of("long DER", "0\u0084\0\u0001\0\0"),
          of("empty DER", "0\0"),
          of("chunks", "1\r\na\r\n"),
          new Filler("names", i -> "\"k" + i + "\":0,"),
          new Filler("objects of names", i -> "{\"k" + i + "\":0},"),
          new Filler("settings", i -> "K" + i + "=v\n"),
          new Filler("headers", i -> "k" + i + ": v\r\n"),
          new Filler("parameters", i -> "k" + i + "=v&"),
          new Filler("replies", i -> "*1\r\n$1\r\na\r\n"));

  private static Filler of(String name, String part) {
    return new Filler(name, _ -> part);
  }

  /** All of them, and pieces of the input itself. */
  static Stream<Filler> all(Bytes input) {
    int size = input.length() / SLICES;
    Stream<Filler> pieces =
        size == 0
            ? Stream.empty()
            : Stream.iterate(0, slice -> slice < SLICES, slice -> slice + 1)
                .map(slice -> piece(input.slice(slice * size, (slice + 1) * size)));
    return Stream.concat(GENERAL.stream(), pieces);
  }

  private static Filler piece(Bytes bytes) {
    return of("a piece of its own", new String(bytes.toArray(), ISO_8859_1));
  }

  /** At least that many bytes. */
  byte[] ofSize(int size) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < size; i++) {
      text.append(part.apply(i));
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  @Override
  public String toString() {
    return name;
  }
}
