package network.calimero.tee.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.node.Check;
import network.calimero.tee.node.NodeStep;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node's steps, each with how it ended. */
final class CheckTable {
  private CheckTable() {}

  /** Which step it was that failed, if one did. */
  static void writeStop(Page page, Optional<Check> stop) {
    stop.map(Check::step)
        .ifPresent(step ->
            page.line(
                "  It ended at step %d of %d: %s"
                    .formatted(step.number(), NodeStep.all().size(), step.title())));
  }

  static void write(Page page, List<Check> checks) {
    page.group("Checks");
    int width =
        checks.stream().mapToInt(check -> check.step().title().length()).max().orElse(0) + 3;
    for (Check check : checks) {
      String detail = check.detail().isEmpty() ? "" : "  " + check.detail();
      page.row(
          "%2d %s".formatted(check.step().number(), check.step().title()),
          width,
          check.outcome().text() + detail);
    }
  }

  static void put(ObjectNode node, List<Check> checks, Optional<Check> stop) {
    node.put("failedStep", stop.map(check -> check.step().text()).orElse(null));
    ArrayNode entries = node.putArray("checks");
    for (Check check : checks) {
      ObjectNode entry = entries.addObject();
      entry.put("step", check.step().number());
      entry.put("name", check.step().text());
      entry.put("check", check.step().title());
      entry.put("outcome", check.outcome().name().toLowerCase(Locale.ROOT));
      entry.put("detail", check.detail());
    }
  }
}
