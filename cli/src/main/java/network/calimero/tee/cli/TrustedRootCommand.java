package network.calimero.tee.cli;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.bundles.KeptTrustedRoot;
import network.calimero.tee.bundles.TrustedRootUpdate;
import network.calimero.tee.bundles.TrustedRootUpdateException;
import network.calimero.tee.release.source.EnvironmentProxies;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows Sigstore's trusted root, and brings it up to date. */
@Command(
    name = "trusted-root",
    header = "Shows whose signatures are believed, and brings that up to date.",
    description = {
      "",
      "Sigstore's public trusted root is built in and works for years. --update fetches the present"
          + " one, verified by TUF from keys that are built in, and keeps it for this user in"
          + " $XDG_DATA_HOME/mero-tee/sigstore (~/.local/share/mero-tee/sigstore): from then on it"
          + " counts in place of the one built in. Nothing else ever fetches it. Where an update"
          + " fails, whatever was there stays as it was.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:shown, and with --update up to date",
      "1:refused: what the repository answers is not signed as it must be, or is too old",
      "2:wrong usage, or a file or folder cannot be read or written",
      "4:the repository cannot be reached"
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee release trusted-root",
      "  mero-tee release trusted-root --update",
      "  mero-tee release trusted-root --update --from https://tuf.example.org/mirror",
      "  mero-tee release trusted-root --trusted-root our-root.json --json | jq .sha256"
    })
final class TrustedRootCommand implements Callable<Integer>, WithoutVerdict {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin TrustedRootOption shown = new TrustedRootOption();

  @Option(names = "--update", description = "Fetch the present one and keep it.")
  boolean update;

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "With --update: a mirror of Sigstore's TUF repository, in place of"
              + " https://tuf-repo-cdn.sigstore.dev. Who runs it does not matter.")
  Optional<String> from = Optional.empty();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  TrustedRootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    if (from.isPresent() && !update) {
      throw usage("--from says where --update fetches from: give both");
    }
    if (update && shown.file.isPresent()) {
      throw usage("--update fetches Sigstore's own: give it without --trusted-root");
    }
    Boolean changed = update ? update() : null;
    TrustedRootReport report = TrustedRootReport.of(shown.choose(console), changed);
    console.out().print(common.json ? report.json() : report.text());
    return Exits.OK;
  }

  /** Whether another trusted root counts now than before. */
  private boolean update() throws FailureException {
    KeptTrustedRoot kept =
        TrustedRootChoice.kept(console.environment())
            .orElseThrow(() ->
                FailureException.input(
                    "there is no folder to keep it in", "set HOME or XDG_DATA_HOME"));
    URI repository = from.isPresent() ? address(from.get()) : TrustedRootUpdate.PUBLIC_GOOD;
    @Nullable String before = sha256();
    try {
      TrustedRootUpdate.publicGood(repository, proxies()).run(kept, console.clock().instant());
    } catch (TrustedRootUpdateException e) {
      throw new FailureException(Exits.of(e.code()), Failure.of(e));
    }
    return !TrustedRootChoice.standard(console).sha256().equals(before);
  }

  /** Of the one that counts; null if it is spoiled, for then an update is what is needed. */
  private @Nullable String sha256() {
    try {
      return TrustedRootChoice.standard(console).sha256();
    } catch (FailureException e) {
      return null;
    }
  }

  private ProxySelector proxies() {
    try {
      return new EnvironmentProxies(console.environment());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private URI address(String text) {
    try {
      URI address = new URI(text);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (web && address.getHost() != null && address.getQuery() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw usage("'%s' is not the URL of a repository".formatted(text));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
