package network.calimero.tee.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import network.calimero.tee.guest.ConfigfsTsm;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.guest.QuoteProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where quotes of this machine come from: one of the two, or what is found. */
final class MachineOptions {
  private static final Path DEFAULT_SOCKET = Path.of("/var/run/dstack.sock");

  @Option(
      names = "--dstack",
      paramLabel = "SOCKET",
      required = true,
      description = "Quotes of this machine from the dstack agent's Unix socket.")
  @Nullable Path socket;

  @Option(
      names = "--configfs-tsm",
      paramLabel = "DIR",
      converter = FolderConverter.class,
      required = true,
      description =
          "Quotes of this machine from the kernel, through this folder: /sys/kernel/config/tsm/report"
              + " where configfs is mounted as usual.")
  @Nullable Path reports;

  /** What was named; else what is found on this machine. */
  Machine open() throws FailureException {
    if (socket != null) {
      return Machine.dstack(socket);
    }
    return reports == null
        ? find(DEFAULT_SOCKET, ConfigfsTsm.DEFAULT_ROOT)
        : Machine.kernel(reports);
  }

  static Machine find(Path socket, Path reports) throws FailureException {
    if (Files.exists(socket)) {
      return Machine.dstack(socket);
    }
    if (Files.isDirectory(reports)) {
      return Machine.kernel(reports);
    }
    throw FailureException.input(
        "nothing here makes quotes: there is neither a dstack agent's socket at %s nor %s"
            .formatted(socket, reports),
        "run this in a TDX VM, or name the source with --dstack SOCKET or --configfs-tsm DIR");
  }

  /** A path; the URL of the KMS, where it stands in the folder's place, is none. */
  static final class FolderConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.contains("://")) {
        throw new TypeConversionException(
            "'%s' is a URL; name the folder, usually %s, before it"
                .formatted(text, ConfigfsTsm.DEFAULT_ROOT));
      }
      return Path.of(text);
    }
  }

  /**
   * A source of quotes that may have to be closed.
   *
   * @param name what it is, for people
   */
  record Machine(String name, QuoteProvider quotes, Runnable end) implements AutoCloseable {
    static Machine dstack(Path socket) {
      DstackClient agent = new DstackClient(socket, DstackClient.Limits.DEFAULT);
      return new Machine("dstack agent at " + socket, agent, agent::close);
    }

    static Machine kernel(Path reports) {
      return new Machine("configfs-tsm at " + reports, new ConfigfsTsm(reports), () -> {});
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
