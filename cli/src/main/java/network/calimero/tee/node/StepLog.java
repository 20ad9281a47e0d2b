package network.calimero.tee.node;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.node.Check.Outcome;

/**
 * Steps as they are taken. Each has its turn: one that was left out stops the program, so that a
 * forgotten check cannot look like a passed one.
 */
final class StepLog {
  private final List<NodeStep> steps;
  private final List<Check> checks = new ArrayList<>();

  StepLog(List<NodeStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The step whose turn it is. */
  NodeStep next() {
    if (isComplete()) {
      throw new IllegalStateException("all steps are taken");
    }
    return steps.get(checks.size());
  }

  boolean isComplete() {
    return checks.size() == steps.size();
  }

  void passed(NodeStep step, String detail) {
    add(step, Outcome.PASSED, detail);
  }

  void add(NodeStep step, Outcome outcome, String detail) {
    add(new Check(step, outcome, detail));
  }

  void add(Check check) {
    if (check.step() != next()) {
      throw new IllegalStateException("after " + checks + " comes not " + check.step());
    }
    checks.add(check);
  }

  /** All steps; those that were not taken were not reached. */
  List<Check> all() {
    List<Check> all = new ArrayList<>(checks);
    steps
        .subList(checks.size(), steps.size())
        .forEach(step -> all.add(new Check(step, Outcome.NOT_REACHED, "")));
    return all;
  }
}
