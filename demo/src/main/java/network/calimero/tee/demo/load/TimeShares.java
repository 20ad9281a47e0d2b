package network.calimero.tee.demo.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a process spent its processor time on, by samples of the flight recorder: each sample counts
 * for the first of these topics that any of its frames belongs to.
 */
final class TimeShares {
  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String NAME = "shares";
  private static final String ELSEWHERE = "all else";

  /** From what is inside to what is around it: an Ed25519 signature is checked during a request. */
  private static final Map<String, List<String>> TOPICS = new LinkedHashMap<>();

  static {
    topic("Ed25519: the node's signature", "org.bouncycastle.math.ec.rfc8032.");
    topic("X25519: sealing", "org.bouncycastle.math.ec.rfc7748.", "sun.security.ec.XDH");
    topic(
        "ECDSA P-256: quote and QE report",
        "org.bouncycastle.crypto.signers.ECDSASigner",
        "org.bouncycastle.math.ec.");
    topic(
        "AES-GCM, HKDF, HMAC, SHA-2", "com.sun.crypto.", "sun.security.provider.", "javax.crypto.");
    topic("randomness", "java.security.SecureRandom");
    topic("JSON", "tools.jackson.");
    topic(
        "the key from the dstack agent",
        "network.calimero.tee.guest.",
        "org.eclipse.jetty.client.");
    topic("log", "network.calimero.tee.kms.server.log.", "java.util.logging.");
    topic(
        "quote, collateral, policy without their cryptography",
        "network.calimero.tee.dcap.",
        "network.calimero.tee.quote.",
        "network.calimero.tee.collateral.",
        "network.calimero.tee.appraisal.",
        "network.calimero.tee.policy.");
    topic("the rest of the key server", "network.calimero.tee.");
    topic("HTTP: Jetty and sockets", "org.eclipse.jetty.", "sun.nio.ch.", "java.nio.channels.");
  }

  private TimeShares() {}

  private static void topic(String name, String... classes) {
    TOPICS.put(name, List.of(classes));
  }

  /** From now on that JVM takes samples. */
  static void start(long pid) throws IOException, InterruptedException {
    Jcmd.run(pid, "JFR.configure", "stackdepth=256");
    Jcmd.run(pid, "JFR.start", "name=" + NAME, SAMPLE + "#enabled=true", SAMPLE + "#throttle=10ms");
  }

  /**
   * Prints the shares of what was sampled since {@link #start}.
   *
   * @param recording a file for it, which does not exist yet
   */
  static void print(long pid, Path recording, PrintStream out)
      throws IOException, InterruptedException {
    Jcmd.run(pid, "JFR.dump", "name=" + NAME, "filename=" + recording);
    Map<String, Integer> counts = new LinkedHashMap<>();
    TOPICS.keySet().forEach(name -> counts.put(name, 0));
    counts.put(ELSEWHERE, 0);
    int all = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
          counts.merge(topicOf(event.getStackTrace().getFrames()), 1, Integer::sum);
          all++;
        }
      }
    }
    int samples = Math.max(1, all);
    out.printf("  where its threads' processor time goes, by %d samples:%n", all);
    counts.forEach(
        (name, count) -> out.printf("    %-56s %5.1f %%%n", name, 100.0 * count / samples));
  }

  private static String topicOf(List<RecordedFrame> frames) {
    return TOPICS.entrySet().stream()
        .filter(topic -> frames.stream().anyMatch(frame -> isOf(frame, topic.getValue())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ELSEWHERE);
  }

  private static boolean isOf(RecordedFrame frame, List<String> classes) {
    String name = frame.getMethod().getType().getName();
    return classes.stream().anyMatch(name::startsWith);
  }
}
