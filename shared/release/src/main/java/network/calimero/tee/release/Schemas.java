package network.calimero.tee.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON Schemas (2020-12) of the documents of releases, and of what the tools here write. */
public final class Schemas {
  private static final List<String> NAMES =
      List.of(
          "attestation-policy",
          "release-manifest",
          "compatibility-map",
          "container-metadata",
          "published-mrtds",
          "release-provenance",
          "rekor-index",
          "compatibility-catalog",
          "cosign-bundle",
          "registry-kms-policy",
          "registry-node-policy",
          "registry-index",
          "policy-index",
          "policy-candidate",
          "policy-lint",
          "policy-explanation",
          "policy-diff",
          "policy-verify",
          "release-verify",
          "release-show",
          "release-diff",
          "release-trusted-root",
          "merod-config",
          "merod-update");

  private Schemas() {}

  /** What there are schemas of. */
  public static List<String> names() {
    return NAMES;
  }

  /** The name of the file that a schema is published in. */
  public static String file(String name) {
    return name + ".schema.json";
  }

  /**
   * The text of a schema.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String text(String name) {
    try (InputStream schema = Schemas.class.getResourceAsStream("schemas/" + file(name))) {
      if (schema == null) {
        throw new IllegalArgumentException("no schema of " + name);
      }
      return new String(schema.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
