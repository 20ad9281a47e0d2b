package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Strangers as a process of their own, held to one core where the system can do that: what they use
 * up is theirs and not the honest node's. Arguments: the KMS's URL, whether they send ahead of
 * their answers, and the file that has their request. It ends with its input, and then says how
 * many answers it got per second.
 */
final class StrangersProcess implements AutoCloseable {
  private final Process process;

  private StrangersProcess(Process process) {
    this.process = process;
  }

  public static void main(String[] args) throws IOException {
    URI kms = URI.create(args[0]);
    byte[] request = Files.readAllBytes(Path.of(args[2]));
    Habit habit =
        Boolean.parseBoolean(args[1]) ? new Ahead(kms, request) : new InTurn(kms, request);
    try (Strangers strangers = Strangers.start(habit)) {
      System.in.readAllBytes();
      System.out.print(strangers.perSecond());
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  static StrangersProcess start(URI kms, boolean ahead, Path request) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(StrangersProcess.class.getName());
    command.addAll(List.of(kms.toString(), String.valueOf(ahead), request.toString()));
    return new StrangersProcess(
        new ProcessBuilder(Cores.on("0", command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Ends them; how many answers they got per second. */
  long end() throws IOException {
    process.getOutputStream().close();
    return Long.parseLong(new String(process.getInputStream().readAllBytes(), US_ASCII).strip());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
