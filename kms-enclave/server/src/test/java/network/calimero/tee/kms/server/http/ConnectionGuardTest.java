package network.calimero.tee.kms.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private static final HttpLimits TWO_CONNECTIONS =
      new HttpLimits(Duration.ofSeconds(1), Duration.ofSeconds(20), 2, 1, 1);

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> cut = new ArrayList<>();
  private final ConnectionGuard guard = new ConnectionGuard(TWO_CONNECTIONS, nanos::get);

  /** A connection that opens now. */
  private Connection open(String name) {
    EndPoint endPoint = stub(EndPoint.class, name, null);
    Connection connection = stub(Connection.class, name, endPoint);
    nanos.incrementAndGet();
    guard.onOpened(connection);
    return connection;
  }

  private <T> T stub(Class<T> type, String name, @Nullable EndPoint endPoint) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getEndPoint" -> endPoint;
                  case "close" -> {
                    cut.add(name);
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" ->
                      System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }

  @Test
  void theOneThatWaitsLongestMakesRoom() {
    open("first");
    open("second");
    open("third");

    assertThat(cut).containsExactly("first");
  }

  @Test
  void whatIsBeingWorkedOnIsNeverCut() {
    guard.working(open("first"));
    open("second");
    open("third");
    nanos.addAndGet(Duration.ofDays(1).toNanos());
    guard.sweep();

    assertThat(cut).containsExactly("second", "third");
  }

  @Test
  void whileAllAreBeingWorkedOnNewcomersAreLetInUpToTwiceTheNumber() {
    for (String name : List.of("first", "second", "third", "fourth")) {
      guard.working(open(name));
    }
    assertThat(cut).isEmpty();

    open("fifth");
    assertThat(cut).containsExactly("fifth");
  }

  @Test
  void afterItsAnswerAConnectionWaitsAgain() {
    Connection first = open("first");
    guard.working(first);
    open("second");
    nanos.incrementAndGet();
    guard.answered(first);
    open("third");

    assertThat(cut).containsExactly("second");
  }

  @Test
  void aRequestThatDoesNotArriveInTimeIsCutInTheSecondAfter() {
    open("first");
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    guard.sweep();
    assertThat(cut).isEmpty();

    nanos.incrementAndGet();
    guard.sweep();
    assertThat(cut).containsExactly("first");
  }

  @Test
  void aClosedConnectionTakesNoRoom() {
    Connection first = open("first");
    open("second");
    guard.onClosed(first);
    open("third");

    assertThat(cut).isEmpty();
  }
}
