package network.calimero.tee.cli;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the commands print it. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode texts(Collection<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }

  static void put(ObjectNode node, String name, @Nullable Failure failure) {
    if (failure == null) {
      node.putNull(name);
    } else {
      node.set(name, failure.json());
    }
  }

  static String print(ObjectNode node) {
    return MAPPER.writeValueAsString(node);
  }
}
