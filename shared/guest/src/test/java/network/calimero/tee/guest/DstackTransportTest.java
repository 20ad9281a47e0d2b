package network.calimero.tee.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.guest.DstackClient.Limits;
import network.calimero.tee.guest.GuestException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that is absent, silent, slow, endless, or something else. */
class DstackTransportTest extends DstackFixture {

  private static final Limits HASTY =
      new Limits(Duration.ofSeconds(30), Duration.ofMillis(200), 64 * 1024, 1);

  @Test
  void saysWhenThereIsNoSocket() {
    Path socket = directory.resolve("none.sock");
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure)
          .hasMessage(
              "there is no dstack agent's socket at "
                  + socket
                  + ": is DSTACK_SOCKET_PATH right, and is the socket mounted into this container?");
    }
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    Path socket = Files.createFile(directory.resolve("stale.sock"));
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      GuestException failure = catchThrowableOfType(GuestException.class, client::info);
      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure).hasMessageContaining("is the agent running");
    }
  }

  @Test
  void needsNoAgentToBeMade() throws Exception {
    Path socket = directory.resolve("late.sock");
    try (DstackClient client = new DstackClient(socket, PATIENT)) {
      assertThatThrownBy(client::info).isInstanceOf(GuestException.class);
      try (StubAgent agent = new StubAgent(socket, StubAgent.json(200, "{\"app_id\":\"aa\"}"))) {
        assertThat(client.info().appId()).isEqualTo("aa");
        assertThat(agent.requests()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"app_id\":\"aa\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"app"
      })
  void noticesAnAnswerBrokenOff(String answer) {
    GuestException failure = failure(StubAgent.raw(answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure).hasMessageContaining("closed the connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n"})
  void noticesWhatIsNotHttp(String answer) {
    GuestException failure = failure(StubAgent.raw(answer), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasMessageContaining("does not speak HTTP");
  }

  @Test
  void readsNoMoreThanAllowed() throws Exception {
    String padding = " ".repeat(PATIENT.maxAnswer() - "{\"app_id\":\"aa\"}".length());
    String full = "{\"app_id\":\"aa\"}" + padding;
    assertThat(call(StubAgent.json(200, full), PATIENT, DstackClient::info).appId())
        .isEqualTo("aa");
    GuestException failure = failure(StubAgent.json(200, full + " "), PATIENT, DstackClient::info);
    assertThat(failure.code()).isEqualTo(Code.MALFORMED);
    assertThat(failure).hasMessageContaining("over 65536 bytes");
  }

  @Test
  void endsAnAnswerWithoutEnd() {
    StubAgent.Behaviour endless =
        channel -> {
          StubAgent.write(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            StubAgent.write(channel, "a\r\n          \r\n");
          }
        };
    assertThat(failure(endless, PATIENT, DstackClient::info).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void unpacksNothing() {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 15\r\n\r\n{\"app_id\":\"aa\"}";
    // Left as it is, the body is plain text; unpacked, it would be an error.
    assertThat(
            catchThrowableOfType(
                GuestException.class,
                () -> call(StubAgent.raw(answer), PATIENT, DstackClient::info)))
        .isNull();
  }

  @Test
  void givesUpOnAnAgentThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    GuestException silent = failure(channel -> never.await(), HASTY, DstackClient::info);
    assertThat(silent.code()).isEqualTo(Code.TIMEOUT);
    assertThat(silent).hasMessageContaining("did not answer Info within 200 ms");
    StubAgent.Behaviour halfway =
        channel -> {
          StubAgent.write(channel, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
          never.await();
        };
    assertThat(failure(halfway, HASTY, DstackClient::info).code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void letsOnlySoManyCallsWait() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    CountDownLatch open = new CountDownLatch(1);
    StubAgent.Behaviour answer = StubAgent.json(200, "{\"app_id\":\"aa\"}");
    StubAgent.Behaviour gated =
        channel -> {
          open.await();
          answer.answer(channel);
        };
    int calls = 20;
    int busy = 0;
    try (StubAgent _ = new StubAgent(socket, gated);
        DstackClient client = new DstackClient(socket, PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ExecutorCompletionService<Boolean>(threads);
      for (int i = 0; i < calls; i++) {
        var _ = outcomes.submit(isRefusedAsBusy(client));
      }
      // Nothing is answered yet, so what is done first was turned away.
      assertThat(outcomes.take().get()).isTrue();
      open.countDown();
      for (int i = 1; i < calls; i++) {
        busy += outcomes.take().get() ? 1 : 0;
      }
    }
    assertThat(calls - 1 - busy).isGreaterThanOrEqualTo(8);
  }

  private static Callable<Boolean> isRefusedAsBusy(DstackClient client) {
    return () -> {
      try {
        assertThat(client.info().appId()).isEqualTo("aa");
        return false;
      } catch (GuestException e) {
        assertThat(e.code()).isEqualTo(Code.BUSY);
        return true;
      }
    };
  }

  @Test
  void stopsWaitingWhenInterrupted() throws Exception {
    Path socket = directory.resolve("dstack.sock");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StubAgent.Behaviour hang =
        channel -> {
          asked.countDown();
          never.await();
        };
    try (StubAgent _ = new StubAgent(socket, hang);
        DstackClient client = new DstackClient(socket, PATIENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var caller =
          threads.submit(() -> {
            Code code = catchThrowableOfType(GuestException.class, client::info).code();
            return code + " " + Thread.currentThread().isInterrupted();
          });
      asked.await();
      threads.shutdownNow();
      assertThat(caller.get()).isEqualTo("TIMEOUT true");
    }
  }

  @Test
  void hasNoLimitThatMeansNone() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Limits(Duration.ZERO, second, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second.negated(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(second, second, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
