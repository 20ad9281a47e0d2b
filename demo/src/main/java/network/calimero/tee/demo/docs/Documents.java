package network.calimero.tee.demo.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import network.calimero.tee.release.Schemas;

/** The documents that are written from the code. */
public final class Documents {
  private Documents() {}

  /** All of them, by file name. */
  public static Map<String, String> all() {
    Map<String, String> documents =
        new TreeMap<>(
            Map.of(
                "cli.md", CliDocument.text(),
                "errors.md", ErrorsDocument.text(),
                "functions-configuration.md", FunctionsConfigurationDocument.text(),
                "kms-configuration.md", ConfigurationDocument.text(),
                "policies.md", PoliciesDocument.text(),
                "releases.md", ReleasesDocument.text()));
    Schemas.names()
        .forEach(name -> documents.put("schemas/" + Schemas.file(name), Schemas.text(name)));
    return documents;
  }

  /** Writes them into the folder that the argument names. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (Map.Entry<String, String> document : all().entrySet()) {
      Path file = folder.resolve(document.getKey());
      Files.createDirectories(folder.resolve("schemas"));
      Files.writeString(file, document.getValue());
      System.out.println("wrote " + file);
    }
  }
}
