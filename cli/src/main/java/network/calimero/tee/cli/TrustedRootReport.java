package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import network.calimero.tee.node.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trusted root, for people and for programs.
 *
 * @param changed whether an update brought another; null if none was asked for
 */
record TrustedRootReport(TrustedRootChoice choice, List<Part> parts, @Nullable Boolean changed) {
  /** Lists of a trusted root, with what they are called here and where their addresses are. */
  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "certificateAuthorities", "certificate authority",
              "ctlogs", "certificate log",
              "timestampAuthorities", "timestamp authority",
              "tlogs", "transparency log"));

  /**
   * An authority or a log.
   *
   * @param until null while it is in use
   */
  record Part(String kind, String address, String from, @Nullable String until) {}

  static TrustedRootReport of(TrustedRootChoice choice, @Nullable Boolean changed) {
    JsonNode root = JsonMapper.shared().readTree(choice.json().toArray());
    List<Part> parts = new ArrayList<>();
    KINDS.forEach((list, kind) ->
        StreamSupport.stream(root.path(list).spliterator(), false)
            .map(entry -> part(kind, entry))
            .forEach(parts::add));
    return new TrustedRootReport(choice, parts, changed);
  }

  private static Part part(String kind, JsonNode entry) {
    JsonNode validFor = entry.path("publicKey").path("validFor");
    JsonNode period = validFor.isMissingNode() ? entry.path("validFor") : validFor;
    String address = entry.path("baseUrl").asString(entry.path("uri").asString(""));
    JsonNode end = period.path("end");
    return new Part(
        kind, address, period.path("start").asString(""), end.isString() ? end.asString() : null);
  }

  String text() {
    Page page = new Page();
    if (changed != null) {
      page.line(changed ? "UPDATED: another trusted root counts now" : "UP TO DATE: nothing new");
    }
    page.line("Trusted root: " + choice.describe());
    page.row("SHA-256", choice.sha256());
    parts.forEach(part ->
        page.row(
            part.kind(),
            PlainText.of(
                "%s, %s to %s"
                    .formatted(
                        part.address(),
                        part.from(),
                        part.until() == null ? "now" : part.until()))));
    return page.toString();
  }

  String json() {
    ObjectNode node = Json.object();
    choice.describeJson().properties().forEach(one -> node.set(one.getKey(), one.getValue()));
    if (changed == null) {
      node.putNull("changed");
    } else {
      node.put("changed", changed);
    }
    ArrayNode array = node.putArray("parts");
    for (Part part : parts) {
      ObjectNode entry = array.addObject().put("kind", part.kind()).put("address", part.address());
      entry.put("from", part.from()).put("until", part.until());
    }
    node.putNull("failure");
    return Json.print(node) + "\n";
  }
}
