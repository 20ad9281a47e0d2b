package network.calimero.tee.functions.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import network.calimero.tee.functions.app.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases × targets: all three functions, and whatever a platform could get wrong. */
class ContractTest {
  private static final Host HOST =
      new Host(
          _ -> {}, InstantSource.system(), () -> UUID.randomUUID().toString(), System::nanoTime);

  @TempDir Path folder;
  private final List<Target> targets = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyPlatformAnswersAlike() throws Exception {
    try (Surroundings surroundings = new Surroundings(folder, HOST.clock())) {
      Map<String, ContractCases.Case> cases = ContractCases.all(surroundings);
      start(surroundings.environment());
      for (Target target : targets) {
        System.out.printf(
            "contract: %d/%d at %s%n", holding(cases, target), cases.size(), target.name());
      }
      int all = cases.size() * targets.size();
      System.out.printf(
          "contract: %d cases × %d targets: %d/%d%n",
          cases.size(), targets.size(), all - wrong.size(), all);
    } finally {
      for (Target target : targets) {
        target.close();
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Other processes first: they start while this one goes on. */
  private void start(Map<String, String> environment) throws Exception {
    targets.add(LambdaTarget.plain(folder, environment));
    targets.add(LambdaTarget.spring(folder, environment));
    targets.add(new GoogleTarget(LocalLibraries.invoker(), folder, environment));
    targets.addFirst(new LocalTarget(environment, HOST));
    targets.addFirst(new CoreTarget(environment, HOST));
  }

  private int holding(Map<String, ContractCases.Case> cases, Target target) {
    int before = wrong.size();
    cases.forEach((name, tried) -> {
      try {
        tried.holds(target);
      } catch (Exception | AssertionError e) {
        wrong.add("%s, %s: %s".formatted(target.name(), name, e));
      }
    });
    return cases.size() - wrong.size() + before;
  }
}
