package network.calimero.tee.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import network.calimero.tee.guest.DstackClient.Limits;
import org.junit.jupiter.api.io.TempDir;

/** A client and a stub of the agent, over a real Unix socket. */
abstract class DstackFixture {

  /** Long enough never to be the reason on a busy machine. */
  static final Limits PATIENT =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 64 * 1024, 1);

  @TempDir Path directory;

  interface Call<T> {
    T on(DstackClient client) throws GuestException;
  }

  <T> T call(StubAgent.Behaviour behaviour, Limits limits, Call<T> call)
      throws IOException, GuestException {
    Path socket = directory.resolve("dstack.sock");
    try (StubAgent _ = new StubAgent(socket, behaviour);
        DstackClient client = new DstackClient(socket, limits)) {
      return call.on(client);
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  GuestException failure(StubAgent.Behaviour behaviour, Limits limits, Call<?> call) {
    GuestException failure =
        catchThrowableOfType(GuestException.class, () -> call(behaviour, limits, call));
    assertThat(failure).isNotNull();
    return failure;
  }
}
