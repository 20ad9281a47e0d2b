package network.calimero.tee.cli;

import java.nio.file.Path;
import network.calimero.tee.guest.ConfigfsTsm;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.guest.QuoteProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where quotes of this machine come from: one of the two. */
final class MachineOptions {
  @Option(
      names = "--dstack",
      paramLabel = "SOCKET",
      required = true,
      description = "Quotes of this machine from the dstack agent's Unix socket.")
  @Nullable Path socket;

  @Option(
      names = "--configfs-tsm",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "/sys/kernel/config/tsm/report",
      required = true,
      description =
          "Quotes of this machine from the kernel; by default under /sys/kernel/config/tsm/report.")
  @Nullable Path reports;

  Machine open() {
    if (socket != null) {
      DstackClient agent = new DstackClient(socket, DstackClient.Limits.DEFAULT);
      return new Machine(agent, agent::close);
    }
    return new Machine(
        new ConfigfsTsm(reports == null ? ConfigfsTsm.DEFAULT_ROOT : reports), () -> {});
  }

  /** A source of quotes that may have to be closed. */
  record Machine(QuoteProvider quotes, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }
}
