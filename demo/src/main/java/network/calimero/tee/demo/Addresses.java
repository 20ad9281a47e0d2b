package network.calimero.tee.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file that tells programs where everything is while the demonstration runs. */
final class Addresses implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  private Addresses(Path file) {
    this.file = file;
  }

  /** Writes it at once and whole, so that whoever sees it can use it; closing removes it. */
  static Addresses write(
      Options options,
      SimulatedSite site,
      SimulatedReleases releases,
      SimulatedFunctions functions,
      URI kmsUrl,
      Path kmsLog)
      throws IOException {
    Path file = options.addresses();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "demo", ".new");
    try {
      ObjectNode json = json(site, releases, kmsUrl, kmsLog);
      json.put("functions", functions.url().toString());
      json.put("node", functions.nodeUrl().toString());
      if (options.page().isPresent()) {
        json.put("page", functions.url().toString());
      }
      Files.writeString(draft, JSON.writeValueAsString(json) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    return new Addresses(file);
  }

  private static ObjectNode json(
      SimulatedSite site, SimulatedReleases releases, URI kmsUrl, Path kmsLog) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("kms", kmsUrl.toString())
            .put("pcs", site.pcsUrl())
            .put("kmsAgentSocket", site.kmsSocket().toString())
            .put("nodeAgentSocket", site.nodeSocket().toString())
            .put("root", site.root().toString())
            .put("releases", releases.url().toString())
            .put("releaseVersion", SimulatedReleases.VERSION)
            .put("trustedRoot", releases.trustedRoot().toString())
            .put("merodConfig", site.merodConfig().toString())
            .put("kmsLog", kmsLog.toString());
    json.set("kmsMeasurements", measurements(site.kmsMeasurements()));
    json.set("nodeMeasurements", measurements(site.nodeMeasurements()));
    return json;
  }

  private static ObjectNode measurements(Map<Register, Measurement> values) {
    ObjectNode json = JSON.createObjectNode();
    values.forEach(
        (register, value) -> json.put(register.name().toLowerCase(Locale.ROOT), value.hex()));
    return json;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
