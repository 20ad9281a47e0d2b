package network.calimero.tee.cli;

import java.util.Arrays;
import java.util.List;
import network.calimero.tee.dcap.Step;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The ten steps of verification, each with how it ended. */
final class StepTable {
  private static final List<Step> TEN =
      Arrays.stream(Step.values()).filter(step -> step != Step.FORM).toList();

  private StepTable() {}

  static void write(Page page, Verdict verdict) {
    page.group("Steps");
    for (Step step : TEN) {
      page.row("%2d %s".formatted(step.number(), step.title()), outcome(verdict, step));
    }
  }

  static void put(ObjectNode node, Verdict verdict) {
    ArrayNode steps = node.putArray("steps");
    for (Step step : TEN) {
      ObjectNode entry = steps.addObject();
      entry.put("step", step.number());
      entry.put("title", step.title());
      entry.put("outcome", outcome(verdict, step).replace(' ', '_'));
    }
  }

  private static String outcome(Verdict verdict, Step step) {
    return switch (verdict) {
      case Verdict.Authentic _ -> "passed";
      case Verdict.Unknown _ -> "not reached";
      case Verdict.Rejected rejected -> {
        Step failed = rejected.failure().step();
        if (failed == step) {
          yield "failed";
        }
        boolean passed = failed != null && step.number() < failed.number();
        yield passed && rejected.earlierStepsPassed() ? "passed" : "not reached";
      }
    };
  }
}
