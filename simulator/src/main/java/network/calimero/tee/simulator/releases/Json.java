package network.calimero.tee.simulator.releases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the documents of a release are written: indented, a newline at the end. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode document) {
    return (document.toPrettyString() + "\n").getBytes(UTF_8);
  }

  /** The same document after a change. */
  static byte[] change(byte[] document, Consumer<ObjectNode> change) {
    ObjectNode root = (ObjectNode) MAPPER.readTree(document);
    change.accept(root);
    return bytes(root);
  }

  static ObjectNode parse(byte[] document) {
    return (ObjectNode) MAPPER.readTree(document);
  }

  /** Adds the values to a list, each once. */
  static void addAll(ArrayNode list, Collection<String> values) {
    values.stream().distinct().forEach(list::add);
  }
}
