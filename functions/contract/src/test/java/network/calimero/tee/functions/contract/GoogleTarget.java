package network.calimero.tee.functions.contract;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google's own function invoker in a process of its own. */
final class GoogleTarget implements Target {
  private static final int TRIES = 600;
  private static final int PAUSE_MILLIS = 100;

  private final HttpSender sender = new HttpSender();
  private final Subprocess process;
  private final int port;

  /**
   * Starts it.
   *
   * @param invoker its jar, which brings libraries of its own and so stays apart
   */
  GoogleTarget(Path invoker, Path folder, Map<String, String> environment) throws Exception {
    port = freePort();
    process =
        Subprocess.java(
            folder,
            List.of(
                "-jar",
                invoker.toString(),
                "--classpath",
                Subprocess.classPath(),
                "--target",
                ContractCloudFunction.class.getName(),
                "--port",
                Integer.toString(port)),
            environment);
    awaitListening();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws Exception {
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (ConnectException _) {
        Thread.sleep(PAUSE_MILLIS); // it tells nobody when it listens
      }
    }
    throw new IllegalStateException("it does not listen:\n" + process.output());
  }

  @Override
  public String name() {
    return "Functions Framework";
  }

  @Override
  public Optional<String> proof() {
    return Optional.empty();
  }

  @Override
  public Reply send(Ask ask) throws Exception {
    return sender.send("http://127.0.0.1:" + port, ask);
  }

  @Override
  public void close() throws Exception {
    sender.close();
    process.close();
  }
}
