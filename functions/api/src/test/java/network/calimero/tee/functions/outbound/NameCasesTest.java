package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import org.junit.jupiter.api.Test;

class NameCasesTest {
  private static final String NAME = "node.example";
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 1_000);
  private static final Limits HURRIED = LIMITS.within(Duration.ofMillis(300));

  @Test
  void namesMeetWhatTheTableSaysAndNothingArrivesAtLoopback() throws Exception {
    CaseTable table =
        CaseTable.read(Path.of(System.getProperty("mero.root")), "Names and their addresses");
    try (TestPeer victim = TestPeer.saying("HTTP/1.1 200 OK", "", "")) {
      Map<String, Attempt> attempts = new LinkedHashMap<>();
      having(attempts, victim, "the name has a loopback address", "127.0.0.1");
      having(attempts, victim, "the name has a private address", "192.168.0.1");
      having(attempts, victim, "the name has the metadata service's address", "169.254.169.254");
      having(attempts, victim, "the name has a link-local address", "fe80::1");
      having(attempts, victim, "the name has a unique-local address", "fd12::1");
      having(attempts, victim, "the name has a multicast address", "ff02::1");
      having(attempts, victim, "the name has a NAT64 address of loopback", "64:ff9b::7f00:1");
      having(attempts, victim, "the name has an IPv4-mapped address of loopback", "::ffff:7f00:1");
      having(
          attempts,
          victim,
          "the name has a public address and a loopback one",
          "8.8.8.8",
          "127.0.0.1");
      having(attempts, victim, "the name has no address");
      attempts.put(
          "the name is localhost, which is listed, and is said to be public and private",
          () -> code("localhost", victim, "localhost:*", _ -> addresses("8.8.8.8", "10.0.0.1")));
      attempts.put("the name is not known", () -> code(victim, _ -> unknown()));
      attempts.put(
          "the name has a hundred addresses",
          () -> code(victim, _ -> Collections.nCopies(100, addresses("8.8.8.8").getFirst())));
      attempts.put("the name's server never answers", () -> neverAnswering(victim));
      attempts.put("the name has another address when asked again", NameCasesTest::rebinding);

      assertThat(table.differences(attempts)).isEmpty();
      assertThat(victim.accepted()).isZero();
    }
  }

  private static void having(
      Map<String, Attempt> attempts, TestPeer victim, String name, String... addresses) {
    attempts.put(name, () -> code(victim, _ -> addresses(addresses)));
  }

  private static List<IpAddress> addresses(String... texts) {
    return Stream.of(texts).map(text -> IpAddress.parse(text).orElseThrow()).toList();
  }

  private static List<IpAddress> unknown() throws UnknownHostException {
    throw new UnknownHostException(NAME);
  }

  private static String code(TestPeer victim, Resolver resolver) throws Exception {
    return code(NAME, victim, NAME + ":*", resolver);
  }

  private static String code(String host, TestPeer victim, String rules, Resolver resolver)
      throws Exception {
    return exchange("http://" + host + ":" + victim.port() + "/", rules, resolver, LIMITS);
  }

  private static String exchange(String url, String rules, Resolver resolver, Limits limits)
      throws Exception {
    try (OutboundHttp http =
        new OutboundHttp("test", resolver, SSLContext.getDefault(), System::nanoTime)) {
      OutboundRequest request = OutboundRequest.get(OutboundUrl.parse(url));
      http.exchange(request, OutboundPolicy.nodes(HostRules.parse(rules)), limits).successBody();
      return "ok";
    } catch (OutboundException e) {
      return e.fault().code();
    }
  }

  private static String neverAnswering(TestPeer victim) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver waiting =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return addresses("8.8.8.8");
        };
    return exchange("http://" + NAME + ":" + victim.port() + "/", NAME + ":*", waiting, HURRIED);
  }

  /** The second answer leads to a listener that nobody listed, at the same port. */
  private static String rebinding() throws Exception {
    String[] answer = {"HTTP/1.1 200 OK", "Content-Type: application/json", "", "{}"};
    try (TestPeer listed = TestPeer.saying(answer);
        TestPeer unlisted = TestPeer.at("127.0.0.2", listed.port(), answer)) {
      AtomicInteger asked = new AtomicInteger();
      Resolver rebinding = _ -> addresses(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
      String rules = NAME + ":*, 127.0.0.1:*";
      String code =
          exchange("http://" + NAME + ":" + listed.port() + "/", rules, rebinding, LIMITS);
      assertThat(asked).hasValue(1);
      assertThat(listed.requests()).hasSize(1);
      assertThat(listed.requests().getFirst()).contains("Host: " + NAME + ":" + listed.port());
      assertThat(unlisted.accepted()).isZero();
      return code;
    }
  }

  @Test
  void theNextAddressIsTriedIfNobodyListensAtTheFirst() throws IOException, Exception {
    String[] answer = {"HTTP/1.1 200 OK", "Content-Type: application/json", "", "{}"};
    try (TestPeer peer = TestPeer.saying(answer)) {
      Resolver both = _ -> addresses("127.0.0.3", "127.0.0.1");
      String rules = NAME + ":*, 127.0.0.0/8:*";
      assertThat(exchange("http://" + NAME + ":" + peer.port() + "/", rules, both, LIMITS))
          .isEqualTo("ok");
    }
  }
}
