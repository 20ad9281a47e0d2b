package network.calimero.tee.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import network.calimero.tee.bytes.Bytes;

/**
 * The inputs that are kept of a target: what a fuzzer found that takes a way of its own through the
 * code. A line of hex for each, compressed, for many differ in few bytes.
 */
final class Corpus {
  /** The largest file of one target, so that all of them together stay under 200 KB. */
  static final int MAX_SIZE = 8_000;

  private Corpus() {}

  /** What is kept; nothing of a target that is new. */
  static List<Bytes> of(Target target) {
    try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + target.name() + ".gz")) {
      return in == null ? List.of() : read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Bytes> read(InputStream in) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), US_ASCII))) {
      return lines.lines().map(Bytes::fromHex).toList();
    }
  }

  /**
   * {@code unpack FOLDER}: the inputs of all targets, into a folder for each. {@code keep TARGET
   * INPUTS FOLDER}: the smallest of a folder of inputs, as many as there is room for.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "unpack" -> unpack(Path.of(arguments[1]));
      case "keep" ->
          keep(Targets.named(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void unpack(Path folder) throws IOException {
    for (Target target : Targets.all()) {
      Path inputs = Files.createDirectories(folder.resolve(target.name()).resolve("corpus"));
      int number = 0;
      for (Bytes input :
          Stream.concat(target.seeds().get().stream(), of(target).stream()).toList()) {
        Files.write(inputs.resolve("kept-" + number++), input.toArray());
      }
      IO.println(target.name());
    }
  }

  private static void keep(Target target, Path inputs, Path folder) throws IOException {
    List<Bytes> smallestFirst = new ArrayList<>();
    try (Stream<Path> files = Files.list(inputs)) {
      for (Path file : files.toList()) {
        smallestFirst.add(Bytes.of(Files.readAllBytes(file)));
      }
    }
    smallestFirst.sort(Comparator.comparingInt(Bytes::length).thenComparing(Bytes::hex));
    int count = smallestFirst.size();
    while (packed(smallestFirst.subList(0, count)).length > MAX_SIZE) {
      count = count * 9 / 10;
    }
    Files.write(folder.resolve(target.name() + ".gz"), packed(smallestFirst.subList(0, count)));
    IO.println("%s: %d of %d inputs kept".formatted(target.name(), count, smallestFirst.size()));
  }

  private static byte[] packed(List<Bytes> inputs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (Bytes input : inputs) {
        gzip.write((input.hex() + "\n").getBytes(US_ASCII));
      }
    }
    return out.toByteArray();
  }
}
