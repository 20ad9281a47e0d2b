package network.calimero.tee.functions.local;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.MisconfiguredException;
import network.calimero.tee.functions.app.Startup;
import network.calimero.tee.functions.app.Together;
import network.calimero.tee.log.LogEvent;

/** The local server as a process: from its environment to its exit code. */
public final class LocalProcess {
  /** Ended by SIGTERM or SIGINT, with every request in flight answered. */
  public static final int STOPPED = 0;

  /** Could not start, for another reason than its configuration. */
  public static final int FAILED = 1;

  /** The configuration or the command line is wrong. */
  public static final int MISCONFIGURED = 2;

  private LocalProcess() {}

  /**
   * Starts the server and returns; it then runs until a signal ends the process. If it cannot
   * start, says why on standard error and ends the process.
   */
  public static void run(String[] args, List<Deployable> functions) {
    if (args.length > 0) {
      boolean help = args[0].equals("--help") || args[0].equals("-h");
      if (help) {
        help(System.out, functions);
      } else {
        complain("unknown argument; the environment configures everything, see --help");
      }
      end(help ? STOPPED : MISCONFIGURED);
    }
    try {
      LocalServer server = start(System.getenv(), functions, Host.system(System.out));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    } catch (MisconfiguredException e) {
      e.problems().forEach(LocalProcess::complain);
      end(MISCONFIGURED);
    } catch (IOException e) {
      complain(String.valueOf(e.getMessage()));
      end(FAILED);
    }
  }

  /**
   * Starts all functions behind one server, and tells that it is open.
   *
   * @throws MisconfiguredException with everything that is wrong, of whichever function
   * @throws IOException if it cannot listen, or its pages cannot be read
   */
  public static LocalServer start(
      Map<String, String> environment, List<Deployable> functions, Host host)
      throws MisconfiguredException, IOException {
    Startup startup = new Startup(environment, List.of(), host);
    Settings settings = startup.settings(settings(functions));
    List<Service> services = new ArrayList<>();
    for (Deployable function : functions) {
      services.add(startup.start(function));
    }
    Optional<StaticPages> pages = pages(settings);
    LocalServer server =
        LocalServer.start(
            Together.of(services, host),
            pages,
            settings.get(LocalSettings.HOST),
            settings.get(LocalSettings.PORT),
            host.clock());
    host.log().tell(started(server, functions));
    return server;
  }

  private static Optional<StaticPages> pages(Settings settings) throws IOException {
    Optional<Path> folder = settings.find(LocalSettings.PAGES);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StaticPages.read(folder.get()));
    } catch (IOException e) {
      throw new IOException("FUNCTIONS_PAGES cannot be served: " + e.getMessage(), e);
    }
  }

  private static LogEvent started(LocalServer server, List<Deployable> functions) {
    return LogEvent.of(Level.WARNING, "local.listening")
        .with("url", server.url())
        .with("functions", functions.stream().map(Deployable::name).toList())
        .with("openForDevelopment", server.isOpen())
        .with(
            "consequence",
            server.isOpen()
                ? "anybody who reaches this machine's loopback is taken for a proven caller"
                : "functions for proven callers refuse everybody: no caller can be proven here");
  }

  /** Everything that is read, so that one look tells all that is wrong. */
  private static List<Setting<?>> settings(List<Deployable> functions) {
    List<Setting<?>> all = new ArrayList<>(LocalSettings.all());
    functions.stream()
        .flatMap(function -> function.settings().stream())
        .filter(setting -> !all.contains(setting))
        .forEach(all::add);
    return all;
  }

  private static void help(PrintStream out, List<Deployable> functions) {
    out.println(
        """
        mero-tee functions on this machine, open for development: callers are not proven.

        The environment configures everything. Exit codes: 0 ended by SIGTERM or SIGINT; 1 could not
        start; 2 configuration is wrong.
        """);
    for (Setting<?> setting : settings(functions)) {
      out.printf("  %s%n      %s%n", setting.name(), setting.meaning());
      out.printf(
          "      Accepted: %s%s%n%n",
          setting.accepted(), setting.defaultText().map(text -> "; default " + text).orElse(""));
    }
  }

  private static void stop(LocalServer server) {
    server.close();
    // Without this the process would end with 128 plus the signal's number.
    end(STOPPED);
  }

  private static void complain(String problem) {
    System.err.println("error: " + problem);
  }

  /** At once: what has to be done in order is done, and shutdown hooks would change the code. */
  private static void end(int code) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
