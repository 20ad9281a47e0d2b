package network.calimero.tee.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;

class TransportBodyTest {
  private static final long SEED = 20260304;

  @Test
  void anyBytesSurviveTheWay() throws ApiException {
    Random random = new Random(SEED);
    for (int size = 0; size < 300; size++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Bytes body = Bytes.of(bytes);
      assertThat(TransportBody.of(body).bytes(size)).isEqualTo(body);
    }
  }

  @Test
  void textStaysText() throws ApiException {
    Bytes body = Bytes.of("{\"ä\":\"€😀\"}".getBytes(StandardCharsets.UTF_8));
    TransportBody carried = TransportBody.of(body);
    assertThat(carried).isEqualTo(new TransportBody("{\"ä\":\"€😀\"}", false));
    assertThat(carried.bytes(100)).isEqualTo(body);
  }

  @Test
  void whatIsTooLargeIsRefusedByItsSizeUnpacked() {
    String base64 = Base64.getEncoder().encodeToString(new byte[11]);
    assertThat(problem(new TransportBody(base64, true), 10)).isEqualTo(ApiProblem.BODY_TOO_LARGE);
    assertThat(problem(new TransportBody("x".repeat(11), false), 10))
        .isEqualTo(ApiProblem.BODY_TOO_LARGE);
    assertThat(problem(new TransportBody("€€€€", false), 10)).isEqualTo(ApiProblem.BODY_TOO_LARGE);
    assertThat(problem(new TransportBody("a?==", true), 10)).isEqualTo(ApiProblem.BAD_REQUEST);
  }

  private static Problem problem(TransportBody body, int maxSize) {
    try {
      body.bytes(maxSize);
      throw new AssertionError("it was taken");
    } catch (ApiException e) {
      return e.problem();
    }
  }
}
