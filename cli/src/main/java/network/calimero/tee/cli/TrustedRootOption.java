package network.calimero.tee.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose signatures are believed; the same for all commands that verify some. */
final class TrustedRootOption {
  @Option(
      names = "--trusted-root",
      paramLabel = "FILE",
      description =
          "Believe this trusted_root.json in place of Sigstore's public one, for an infrastructure"
              + " of one's own.")
  Optional<String> file = Optional.empty();

  TrustedRootChoice choose(Console console) throws FailureException {
    return file.isPresent()
        ? TrustedRootChoice.given(console, file.get())
        : TrustedRootChoice.standard(console);
  }
}
