package network.calimero.tee.demo.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The documents that are written from the code. */
public final class Documents {
  private Documents() {}

  /** All of them, by file name. */
  public static Map<String, String> all() {
    return new TreeMap<>(
        Map.of(
            "cli.md", CliDocument.text(),
            "errors.md", ErrorsDocument.text(),
            "kms-configuration.md", ConfigurationDocument.text()));
  }

  /** Writes them into the folder that the argument names. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (Map.Entry<String, String> document : all().entrySet()) {
      Path file = folder.resolve(document.getKey());
      Files.writeString(file, document.getValue());
      System.out.println("wrote " + file);
    }
  }
}
