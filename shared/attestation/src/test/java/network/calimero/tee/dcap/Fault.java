package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/**
 * A scenario with a single fault, and how it must be refused.
 *
 * @param name the fault
 * @param cause what the failure's message must say: reason, found and expected, or a part of them
 */
record Fault(String name, FailureCode code, String cause, Consumer<Scenario> fault) {

  void mustBeRefused() {
    Scenario scenario = new Scenario();
    fault.accept(scenario);
    VerificationException failure = scenario.refusal();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure)
        .hasMessageStartingWith("step %d (".formatted(code.step().number()))
        .hasMessageContaining(cause);
  }

  @Override
  public String toString() {
    return name;
  }
}
