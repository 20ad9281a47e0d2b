package network.calimero.tee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import network.calimero.tee.release.Schemas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas that are published for what commands print. */
final class Published {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Published() {}

  /** Gives back what is valid, and fails for anything else. */
  static JsonNode valid(String schema, JsonNode document) {
    JsonNode text = JsonMapper.shared().readTree(Schemas.text(schema));
    assertThat(REGISTRY.getSchema(text).validate(document)).isEmpty();
    return document;
  }
}
