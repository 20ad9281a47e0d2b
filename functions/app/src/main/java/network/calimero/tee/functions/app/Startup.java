package network.calimero.tee.functions.app;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.api.SettingsException;
import network.calimero.tee.log.LogEvent;

/** Makes functions of an environment. */
public final class Startup {
  private final Map<String, String> environment;
  private final SecretReferences secrets;
  private final Host host;

  /**
   * In that environment.
   *
   * @param stores where secrets may be kept
   */
  public Startup(Map<String, String> environment, List<SecretStore> stores, Host host) {
    this.environment = Map.copyOf(environment);
    this.secrets = new SecretReferences(stores);
    this.host = host;
  }

  /** What the process gives. */
  public Host host() {
    return host;
  }

  /**
   * One function.
   *
   * @throws MisconfiguredException with everything that is wrong, not only the first
   */
  public Service start(Deployable function) throws MisconfiguredException {
    return function.service(settings(function.settings()), host);
  }

  /**
   * Settings, and secrets from where they are kept.
   *
   * @throws MisconfiguredException with everything that is wrong, not only the first
   */
  public Settings settings(List<Setting<?>> settings) throws MisconfiguredException {
    List<String> problems = new ArrayList<>();
    Map<String, String> resolved = secrets.resolve(environment, settings, problems);
    try {
      Settings read = Settings.read(resolved, settings);
      if (problems.isEmpty()) {
        return read;
      }
    } catch (SettingsException e) {
      problems.addAll(e.problems());
    }
    throw new MisconfiguredException(problems);
  }

  /**
   * The same where nobody can be told but the log: each problem is an event, and the process is not
   * to go on.
   */
  public Service startOrTell(Deployable function) {
    try {
      return start(function);
    } catch (MisconfiguredException e) {
      e.problems()
          .forEach(problem ->
              host.log()
                  .tell(
                      LogEvent.of(Level.ERROR, "settings.refused")
                          .with("function", function.name())
                          .with("problem", problem)));
      throw new IllegalStateException(function.name() + " is misconfigured: " + e.getMessage(), e);
    }
  }
}
