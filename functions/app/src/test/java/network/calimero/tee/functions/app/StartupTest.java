package network.calimero.tee.functions.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.log.LogEvent;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

class StartupTest {
  private static final Setting<String> KEY =
      Setting.secret("A_KEY", "a key", "What is secret.", StartupTest::short20);
  private static final Setting<String> PLACE =
      Setting.optional("A_PLACE", "a place", "What is not.", StartupTest::short20);

  private final List<LogEvent> events = new ArrayList<>();
  private final Host host =
      new Host(
          events::add,
          InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z")),
          () -> "i",
          () -> 0);
  private final SecretStore store =
      new SecretStore() {
        @Override
        public String scheme() {
          return "vault";
        }

        @Override
        public String accepted() {
          return "a name";
        }

        @Override
        public String read(String name) throws SecretUnavailableException {
          return switch (name) {
            case "good" -> "hunter2\n";
            case "empty" -> " ";
            case "long" -> "hunter2".repeat(9);
            default -> throw new SecretUnavailableException("there is none of that name");
          };
        }
      };

  private static String short20(String text) {
    if (text.length() > 20) {
      throw new IllegalArgumentException("is too long");
    }
    return text;
  }

  private Settings settings(Map<String, String> environment) throws MisconfiguredException {
    return new Startup(environment, List.of(store), host).settings(List.of(KEY, PLACE));
  }

  @Test
  void aSecretComesFromItsVariableOrFromWhereItIsKept() throws Exception {
    assertThat(settings(Map.of("A_KEY", "plain")).get(KEY)).isEqualTo("plain");
    assertThat(settings(Map.of("A_KEY_FROM", "vault:good")).get(KEY)).isEqualTo("hunter2");
    assertThat(settings(Map.of()).find(KEY)).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNoSecretWithIt() {
    assertProblems(Map.of("A_KEY_FROM", "vault:none", "A_PLACE", "x".repeat(21)))
        .containsExactly(
            "A_KEY_FROM cannot be read: there is none of that name",
            "A_PLACE is too long; accepted: a place");
    assertProblems(Map.of("A_KEY_FROM", "vault:long"))
        .containsExactly("A_KEY is too long; accepted: a key");
    assertProblems(Map.of("A_KEY_FROM", "vault:empty"))
        .containsExactly("A_KEY_FROM cannot be read: it is empty");
    assertProblems(Map.of("A_KEY_FROM", "elsewhere:hunter2"))
        .containsExactly("A_KEY_FROM names no place of secrets; accepted: vault:a name");
    assertProblems(Map.of("A_KEY_FROM", "vault:good", "A_KEY", "hunter3"))
        .containsExactly("A_KEY and A_KEY_FROM are both set; set one");
    assertProblems(Map.of("A_PLACE_FROM", "vault:good"))
        .containsExactly("A_PLACE_FROM is set, but A_PLACE is no secret; set that");
  }

  private ListAssert<String> assertProblems(Map<String, String> environment) {
    try {
      settings(environment);
    } catch (MisconfiguredException e) {
      assertThat(e).hasMessageNotContaining("hunter");
      return assertThat(e.problems());
    }
    throw new AssertionError("accepted: " + environment.keySet());
  }

  @Test
  void whatCannotStartTellsItsLogWhy() {
    Startup startup = new Startup(Map.of("A_PLACE", "x".repeat(21)), List.of(), host);

    assertThatThrownBy(() -> startup.startOrTell(new Small())).hasMessageContaining("A_PLACE");

    assertThat(events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.name()).isEqualTo("settings.refused");
          assertThat(event.fields())
              .containsEntry("function", "small")
              .containsEntry("problem", "A_PLACE is too long; accepted: a place");
        });
  }

  @Test
  void severalFunctionsAreOneService() throws Exception {
    Service one = new Startup(Map.of(), List.of(), host).start(new Small());
    assertThat(Together.of(List.of(one), host).endpoints())
        .extracting(endpoint -> endpoint.path())
        .containsExactly(Service.OPEN_API_PATH);
  }

  private static final class Small implements Deployable {
    @Override
    public String name() {
      return "small";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(PLACE);
    }

    @Override
    public Service service(Settings settings, Host host) {
      return new Service(
          new ServiceInfo("small", "Small", "1", false),
          List.of(),
          host.log(),
          host.ids(),
          host.nanoTime());
    }
  }
}
