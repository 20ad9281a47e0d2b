package network.calimero.tee.functions.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.local.LocalProcess;
import network.calimero.tee.functions.local.LocalServer;

/** The local server: one on loopback, which is open, and one on all addresses, which is not. */
final class LocalTarget implements Target {
  private final HttpSender sender = new HttpSender();
  private final LocalServer open;
  private final LocalServer closed;

  LocalTarget(Host host) throws Exception {
    open = start("127.0.0.1", host);
    closed = start("0.0.0.0", host);
  }

  private static LocalServer start(String address, Host host) throws Exception {
    return LocalProcess.start(
        Map.of("FUNCTIONS_HOST", address, "FUNCTIONS_PORT", "0"),
        List.of(new ContractFunction()),
        host);
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
    int port = ask.proven() ? open.port() : closed.port();
    return sender.send("http://127.0.0.1:" + port, ask);
  }

  @Override
  public void close() {
    sender.close();
    open.close();
    closed.close();
  }
}
