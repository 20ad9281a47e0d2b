package network.calimero.tee.functions.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.local.LocalProcess;
import network.calimero.tee.functions.local.LocalServer;

/**
 * The local server: one on loopback, which is open, and one on all addresses, which is not and is
 * asked by callers without proof.
 */
final class LocalTarget implements Target {
  private final HttpSender sender = new HttpSender();
  private final LocalServer open;
  private final LocalServer closed;

  LocalTarget(Map<String, String> environment, Host host) throws Exception {
    open = start(environment, "127.0.0.1", host);
    closed = start(environment, "0.0.0.0", host);
  }

  private static LocalServer start(Map<String, String> environment, String address, Host host)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("FUNCTIONS_HOST", address);
    all.put("FUNCTIONS_PORT", "0");
    return LocalProcess.start(all, EveryFunction.of(environment, true), host);
  }

  @Override
  public String name() {
    return "local server";
  }

  @Override
  public Optional<String> proof() {
    return Optional.of("LOCAL_OPEN");
  }

  @Override
  public Reply send(Ask ask) throws Exception {
    boolean unproven = ask.path().equals("/api/admission") && !ask.proven();
    int port = unproven ? closed.port() : open.port();
    return sender.send("http://127.0.0.1:" + port, ask);
  }

  @Override
  public void close() {
    sender.close();
    open.close();
    closed.close();
  }
}
