package network.calimero.tee.demo.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a KMS's process holds: asks its JVM, which collects its garbage first, and the kernel. */
final class KmsMemory {
  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final long pid;

  KmsMemory(long pid) {
    this.pid = pid;
  }

  /**
   * What is held now, in KiB.
   *
   * @param liveHeap objects that a full collection left
   * @param resident the whole process, 0 where the kernel does not say
   */
  record Held(long liveHeap, long resident) {}

  Held now() throws IOException, InterruptedException {
    long resident = sum(RESIDENT, status());
    Jcmd.run(pid, "GC.run");
    return new Held(sum(USED, Jcmd.run(pid, "GC.heap_info")), resident);
  }

  private String status() throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    return Files.isReadable(status) ? Files.readString(status) : "";
  }

  private static long sum(Pattern pattern, String text) {
    long sum = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      sum += Long.parseLong(matcher.group(1));
    }
    return sum;
  }
}
