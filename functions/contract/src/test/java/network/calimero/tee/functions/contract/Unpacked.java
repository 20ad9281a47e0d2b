package network.calimero.tee.functions.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function as Lambda has it: its zip, and the jars that are in it.
 *
 * @param jars in the order of their names, as Lambda's class path has them
 */
record Unpacked(Path zip, List<Path> jars) {

  /** Opens the zip that the build made of a function. */
  static Unpacked of(String function, Path into) throws IOException {
    Path folder = Files.createDirectories(into.resolve(function));
    Path zip = zip(function);
    List<Path> jars = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().filter(entry -> !entry.isDirectory()).toList()) {
        String name = entry.getName();
        if (!name.matches("lib/[A-Za-z0-9._-]+\\.jar")) {
          throw new IOException(name + " is no library");
        }
        Path jar = folder.resolve(name.substring("lib/".length()));
        try (InputStream in = file.getInputStream(entry)) {
          Files.copy(in, jar);
        }
        jars.add(jar);
      }
    }
    return new Unpacked(zip, jars.stream().sorted().toList());
  }

  private static Path zip(String function) throws IOException {
    Path target = Path.of(System.getProperty("mero.root", "../.."), "functions", "aws", "target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-" + function + ".zip"))
          .findFirst()
          .orElseThrow(() -> new IOException("built by scripts/test: the zip of " + function));
    }
  }

  /** Those of this project. */
  List<Path> own() {
    return jars.stream()
        .filter(jar -> jar.getFileName().toString().startsWith("mero-tee"))
        .toList();
  }
}
