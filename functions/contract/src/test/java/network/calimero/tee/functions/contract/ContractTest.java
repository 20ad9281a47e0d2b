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

/** Cases × targets. */
class ContractTest {
  private static final Host HOST =
      new Host(
          _ -> {}, InstantSource.system(), () -> UUID.randomUUID().toString(), System::nanoTime);

  @TempDir Path folder;

  @Test
  void everyPlatformAnswersAlike() throws Exception {
    Map<String, ContractCases.Case> cases = ContractCases.all();
    List<Target> targets = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    try {
      targets.add(new CoreTarget(HOST));
      targets.add(new LocalTarget(HOST));
      targets.add(LambdaTarget.plain(folder));
      targets.add(LambdaTarget.spring(folder));
      targets.add(new GoogleTarget(LocalLibraries.invoker(), folder));
      for (Target target : targets) {
        int before = wrong.size();
        cases.forEach((name, tried) -> {
          try {
            tried.holds(target);
          } catch (Exception | AssertionError e) {
            wrong.add("%s, %s: %s".formatted(target.name(), name, e));
          }
        });
        System.out.printf(
            "contract: %d/%d at %s%n",
            cases.size() - wrong.size() + before, cases.size(), target.name());
      }
    } finally {
      for (Target target : targets) {
        target.close();
      }
    }
    int all = cases.size() * targets.size();
    System.out.printf(
        "contract: %d cases × %d targets: %d/%d%n",
        cases.size(), targets.size(), all - wrong.size(), all);
    assertThat(wrong).isEmpty();
  }
}
