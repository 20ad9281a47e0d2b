package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.functions.testkit.CaseTable.Attempt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UrlCasesTest {
  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final ExecutorService LOOKUPS = Executors.newVirtualThreadPerTaskExecutor();

  @AfterAll
  static void close() {
    LOOKUPS.close();
  }

  @Test
  void urlsOfNodesMeetWhatTheTableSays() throws IOException {
    check("URLs of nodes", OutboundPolicy.nodes(HostRules.parse(OutboundPolicy.NODE_HOSTS)));
  }

  @Test
  void urlsOfKmssMeetWhatTheTableSays() throws IOException {
    check("URLs of KMSs", OutboundPolicy.kms(HostRules.parse(OutboundPolicy.KMS_HOSTS)));
  }

  private static void check(String section, OutboundPolicy policy) throws IOException {
    CaseTable table = CaseTable.read(Path.of(System.getProperty("mero.root")), section);
    Resolver everywherePublic = _ -> List.of(IpAddress.parse("8.8.4.4").orElseThrow());
    Destinations destinations = new Destinations(everywherePublic, LOOKUPS);
    Map<String, Attempt> attempts = new HashMap<>();
    for (String name : table.cases()) {
      attempts.put(name, () -> code(url(name), policy, destinations));
    }
    assertThat(table.differences(attempts)).isEmpty();
  }

  private static String code(String url, OutboundPolicy policy, Destinations destinations) {
    try {
      destinations.check(OutboundUrl.parse(url), policy, TimeUnit.MINUTES.toNanos(1));
      return "ok";
    } catch (OutboundException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.found()).doesNotContain("\r", "\n");
      return e.fault().code();
    }
  }

  private static String url(String cell) {
    String text = cell.substring(1, cell.length() - 1);
    return UNICODE
        .matcher(text)
        .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)))
        .translateEscapes();
  }
}
