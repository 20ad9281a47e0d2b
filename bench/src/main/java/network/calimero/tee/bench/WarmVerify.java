package network.calimero.tee.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.verify.VerifyFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long {@code POST /api/verify} takes in a process that has answered before: the evidence of a
 * KMS on dstack, pasted, another quote in every call; collateral and the release's documents are
 * known, and nobody is asked. From the bytes of the body to the bytes of the answer. Started by
 * {@code scripts/bench --warm-verify}.
 */
public final class WarmVerify {
  private static final int BODIES = 500;
  private static final int WARMING = 6_000;
  private static final int MEASURED = 4_000;
  private static final double MICROS = 1_000.0;

  private WarmVerify() {}

  /** Runs and prints one row. */
  public static void main(String[] args) throws Exception {
    try (SimulatedVerifier verifier = new SimulatedVerifier()) {
      List<Bytes> bodies = new ArrayList<>();
      for (int i = 0; i < BODIES; i++) {
        bodies.add(verifier.body(i));
      }
      Service service = verifier.service();
      requirePassed(post(service, bodies.getFirst()));
      for (int i = 0; i < WARMING; i++) {
        post(service, bodies.get(i % BODIES));
      }
      long[] nanos = new long[MEASURED];
      for (int i = 0; i < MEASURED; i++) {
        long start = System.nanoTime();
        post(service, bodies.get(i % BODIES));
        nanos[i] = System.nanoTime() - start;
      }
      requirePassed(post(service, bodies.getLast()));
      Arrays.sort(nanos);
      System.out.println("| POST /api/verify, warm | calls | median | 99 % | slowest |");
      System.out.println("| --- | --- | --- | --- | --- |");
      System.out.printf(
          "| KMS on dstack, pasted; event log and release included | %,d | %,.0f µs | %,.0f µs |"
              + " %,.0f µs |%n",
          MEASURED,
          nanos[MEASURED / 2] / MICROS,
          nanos[MEASURED / 100 * 99] / MICROS,
          nanos[MEASURED - 1] / MICROS);
    }
  }

  private static HttpAnswer post(Service service, Bytes body) {
    return service.handle(
        new HttpCall(
            "POST",
            VerifyFunction.PATH,
            "",
            Headers.of(Map.of("Content-Type", "application/json")),
            body,
            Optional.empty(),
            SimulatedVerifier.NOW));
  }

  /** What is measured has to be what is meant. */
  private static void requirePassed(HttpAnswer answer) throws IOException {
    JsonNode json = JsonMapper.shared().readTree(answer.body().toArray());
    if (!json.at("/verdict/result").asString("").equals("passed")) {
      throw new IOException("the verifier does not say yes: " + json);
    }
  }
}
