package network.calimero.tee.functions.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.MisconfiguredException;
import network.calimero.tee.log.LogEvent;
import org.junit.jupiter.api.Test;

class LocalProcessTest {
  private final List<LogEvent> events = new ArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Host host =
      new Host(
          event -> {
            synchronized (events) {
              events.add(event);
            }
          },
          InstantSource.system(),
          () -> "i",
          System::nanoTime);

  private final class Slow implements Deployable {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Service service(Settings settings, Host given) {
      Endpoint slow =
          Endpoint.get("/api/slow", "waits")
              .handledBy(_ -> {
                entered.countDown();
                await(released);
                return HttpAnswer.text("text/plain", "done");
              });
      return new Service(
          new ServiceInfo("slow", "Slow", "1", false),
          List.of(slow),
          given.log(),
          given.ids(),
          given.nanoTime());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LocalServer start(String address, int port) throws MisconfiguredException, IOException {
    return LocalProcess.start(
        Map.of("FUNCTIONS_HOST", address, "FUNCTIONS_PORT", Integer.toString(port)),
        List.of(new Slow()),
        host);
  }

  private static String send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void itTellsThatItIsOpenOnLoopbackAndClosedElsewhere() throws Exception {
    try (LocalServer open = start("localhost", 0)) {
      assertThat(open.isOpen()).isTrue();
    }
    try (LocalServer closed = start("0.0.0.0", 0)) {
      assertThat(closed.isOpen()).isFalse();
    }
    assertThat(events)
        .extracting(event -> event.name(), event -> event.fields().get("openForDevelopment"))
        .containsExactly(tuple("local.listening", true), tuple("local.listening", false));
  }

  @Test
  void everythingWrongWithItsSettingsIsSaidAtOnce() {
    assertThatThrownBy(() ->
            LocalProcess.start(
                Map.of("FUNCTIONS_HOST", "example.org", "FUNCTIONS_PORT", "65536"),
                List.of(new Slow()),
                host))
        .isInstanceOfSatisfying(
            MisconfiguredException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "FUNCTIONS_HOST is no address; accepted: an address of this machine, or"
                            + " localhost",
                        "FUNCTIONS_PORT is no port; accepted: 0 to 65535; 0 lets the system"
                            + " choose"));
  }

  @Test
  void aPortThatIsInUseIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start("127.0.0.1", taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it is in use")
          .hasMessageContaining("FUNCTIONS_PORT");
    }
  }

  @Test
  void whatIsNoHttpIsRefusedInJson() throws Exception {
    try (LocalServer server = start("127.0.0.1", 0)) {
      assertThat(send(server.port(), "GET /api/slow HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("application/json")
          .contains("\"code\":\"bad_request\"");
      assertThat(
              send(
                  server.port(),
                  "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(50_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431")
          .contains("\"code\":\"headers_too_large\"");
    }
  }

  @Test
  void aRequestInFlightIsAnsweredBeforeItStops() throws Exception {
    LocalServer server = start("127.0.0.1", 0);
    int port = server.port();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> answer =
          threads.submit(() -> send(port, "GET /api/slow HTTP/1.0\r\nHost: x\r\n\r\n"));
      entered.await();
      Future<?> stopping = threads.submit(server::close);
      released.countDown();
      stopping.get();
      assertThat(answer.get()).startsWith("HTTP/1.1 200").endsWith("done");
    }
    assertThatThrownBy(() -> send(port, "GET / HTTP/1.0\r\n\r\n")).isInstanceOf(IOException.class);
  }
}
