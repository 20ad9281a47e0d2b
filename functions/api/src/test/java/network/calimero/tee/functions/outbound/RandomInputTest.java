package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;

class RandomInputTest {
  private static final long SEED = 20260304;
  private static final int MAX_BODY = 100;
  private static final List<String> URL_PARTS =
      List.of(
          "http://",
          "https://",
          "HTTP://",
          "//",
          "/",
          "\\",
          "@",
          ":",
          "#",
          "?",
          "[",
          "]",
          "::",
          "::1",
          "127.0.0.1",
          "8.8.8.8",
          "0x7f",
          "0177",
          "localhost",
          "a.example",
          "xn--a",
          ".",
          "-",
          "_",
          "%",
          "%2e",
          "%00",
          "%0a",
          "80",
          "443",
          "0",
          "65536",
          "a",
          "A",
          "\n",
          " ",
          "\u0430",
          "\u3002",
          "&",
          ";",
          "|");
  private static final List<String> ANSWER_PARTS =
      List.of(
          "HTTP/1.1 200 OK",
          "HTTP/1.1 100 X",
          "HTTP/1.0 200",
          "\r\n",
          "\r\n\r\n",
          "\n",
          "\r",
          "Content-Type: application/json",
          "Content-Length: 2",
          "Content-Length: 99999999999",
          "Transfer-Encoding: chunked",
          "Content-Encoding: gzip",
          "2\r\n{}\r\n",
          "0\r\n\r\n",
          "fffffff",
          "ffffffffffffffff",
          "{}",
          ":",
          " ",
          "\u0000",
          "\u00ff",
          "x");

  private static String some(Random random, List<String> parts, int max) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(max); i >= 0; i--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  /** Where readers disagree about the host, one checks what the other does not call. */
  @Test
  void whatIsTakenForAUrlIsTheSameUrlToTheJdk() throws Exception {
    Random random = new Random(SEED);
    int taken = 0;
    for (int i = 0; i < 60_000; i++) {
      String text = (i % 4 == 0 ? "" : "http://") + some(random, URL_PARTS, 7);
      OutboundUrl url;
      try {
        url = OutboundUrl.parse(text);
      } catch (OutboundException e) {
        continue;
      }
      taken++;
      URI jdk = new URI(text);
      assertThat(jdk.getRawUserInfo()).as(text).isNull();
      assertThat(hostOf(jdk)).as(text).isEqualTo(url.host());
      int port = jdk.getPort() < 0 ? (url.secure() ? 443 : 80) : jdk.getPort();
      assertThat(port).as(text).isEqualTo(url.port());
      assertThat(OutboundUrl.parse(url.toString())).as(text).isEqualTo(url);
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  private static String hostOf(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[")
        ? IpAddress.parse(host.substring(1, host.length() - 1)).orElseThrow().toString()
        : host;
  }

  @Test
  void whateverAnswersIsAnAnswerWithinItsBoundsOrARefusal() throws Exception {
    Random random = new Random(SEED);
    OutboundRequest request = OutboundRequest.get(OutboundUrl.parse("http://8.8.8.8/"));
    int answers = 0;
    for (int i = 0; i < 40_000; i++) {
      String text =
          (i % 2 == 0 ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" : "")
              + some(random, ANSWER_PARTS, 12);
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      try {
        Bytes body =
            new AnswerReader(new ByteArrayInputStream(bytes), MAX_BODY).read(request).body();
        assertThat(body.length()).isLessThanOrEqualTo(MAX_BODY);
        answers++;
      } catch (OutboundException | IOException e) {
        // Refused, or not complete: either is as it should be.
      }
    }
    assertThat(answers).isGreaterThan(200);
  }
}
