package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.release.Schemas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas that are published for what commands print. */
final class Published {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** By the first words of a command. */
  private static final Map<String, String> OF_COMMANDS =
      Map.of(
          "policy verify", "policy-verify",
          "release verify", "release-verify",
          "release fetch", "release-verify",
          "release show", "release-show",
          "release diff", "release-diff",
          "release trusted-root", "release-trusted-root");

  private Published() {}

  /**
   * The schema of all that a command prints with {@code --json}; empty where a test asks itself.
   */
  static Optional<String> of(Object... args) {
    return args.length < 2
        ? Optional.empty()
        : Optional.ofNullable(OF_COMMANDS.get(args[0] + " " + args[1]));
  }

  /** Gives back what is valid, and fails for anything else. */
  static JsonNode valid(String schema, JsonNode document) {
    JsonNode text = JsonMapper.shared().readTree(Schemas.text(schema));
    assertThat(REGISTRY.getSchema(text).validate(document)).isEmpty();
    return document;
  }
}
