package network.calimero.tee.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.node.FetchedKey;
import network.calimero.tee.node.KeyFetch;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import network.calimero.tee.node.NodeClient;
import network.calimero.tee.node.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fetches a node's key as the node itself would. */
@Command(
    name = "get-key",
    header = "Fetches a node's key from a KMS, as the node itself would.",
    description = {
      "",
      "First checks the KMS as kms attest does, then takes a challenge, makes a quote of this machine"
          + " over it, the node's peer ID and a one-time key, signs the request and asks for the key, which"
          + " comes sealed to that one-time key: nobody on the way can open it, a relay included.",
      "",
      "What the KMS must be has to be named, by a register or by the keys that it has (--expect-…):"
          + " whoever answers in its place, from a genuine TDX VM of their own, would choose the key.",
      "",
      "The quote comes from the dstack agent at /var/run/dstack.sock if there is one, else from the"
          + " kernel, unless --dstack or --configfs-tsm says so; collateral comes from Intel's PCS unless"
          + " --pccs or --collateral names another source.",
      "",
      "Every step of a node is shown with how it ended, in order, and which one ended it where there is"
          + " no key; docs/cli.md lists them.",
      "",
      "The key is not shown: its length and SHA-256 are. --out writes it to a file, --print-key"
          + " shows it.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      Exits.Kms.OK,
      Exits.Kms.REJECTED,
      Exits.Kms.USAGE,
      Exits.Kms.NOT_ALLOWED,
      Exits.Kms.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  mero-tee kms get-key https://kms.example.org --identity node.key \\",
      "      --expect-mrtd $MRTD --expect-rtmr0 $RTMR0 --expect-rtmr1 $RTMR1 --expect-rtmr2 $RTMR2 \\",
      "      --expect-compose-hash $APP --out /run/keys/storage.hex",
      "  On a machine without dstack, with a new identity:",
      "    mero-tee kms get-key https://kms.example.org --identity node.key --create-identity \\",
      "        --configfs-tsm /sys/kernel/config/tsm/report --expect-fingerprint $KEYS"
    })
final class GetKeyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin KmsAddress address = new KmsAddress();

  @Mixin IdentityOptions identity = new IdentityOptions();

  @ArgGroup MachineOptions machine = new MachineOptions();

  @Mixin VerificationOptions options = new VerificationOptions();

  @Mixin ExpectationOptions expected = new ExpectationOptions();

  @Option(
      names = "--skip-kms-check",
      description =
          "Ask without checking who answers. Whoever answers then chooses the key: only to try"
              + " things out.")
  boolean skipCheck;

  @Option(
      names = "--any-program",
      description =
          "Ask without naming what the KMS must be. Any program in any genuine TDX VM then may choose"
              + " the key: only to try things out.")
  boolean anyProgram;

  @Option(
      names = "--plain",
      description =
          "Ask for a key that is not sealed, as a KMS before 2.3.72 gives it. Whoever ends the TLS"
              + " connection sees it.")
  boolean plain;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the key's hex text to this file, readable by its owner only.")
  @Nullable Path out;

  @Option(names = "--print-key", description = "Show the key itself.")
  boolean printKey;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  GetKeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    Expectations expectations = expected.with(options.allowed());
    if (skipCheck && (options.isGiven() || !expectations.equals(Expectations.ANY_PROGRAM))) {
      throw new ParameterException(
          spec.commandLine(),
          "--skip-kms-check verifies nothing: leave out --pccs, --collateral, --allow-status and"
              + " --expect-…");
    }
    if (plain && !expectations.fingerprints().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--expect-fingerprint is of the transport key, which plain keys have nothing to do with:"
              + " leave out --plain");
    }
    if (skipCheck && !plain) {
      throw new ParameterException(
          spec.commandLine(),
          "--skip-kms-check leaves nobody to seal to, for only a checked quote vouches for the"
              + " transport key: add --plain");
    }
    if (!skipCheck && !anyProgram && !expectations.nameTheKms()) {
      throw new ParameterException(
          spec.commandLine(),
          "any program in any genuine TDX VM could choose this key: name what the KMS must be with"
              + " --expect-mrtd, --expect-rtmr0 … --expect-rtmr3 or --expect-fingerprint, or, to try"
              + " things out, add --any-program");
    }
    if (out != null) {
      KeyFile.requireWritable(out);
    }
    try (MachineOptions.Machine quotes = machine.open();
        KmsClient kms = address.open();
        PeerKeyPair pair = identity.open()) {
      KeyFetch way = new KeyFetch(kms, new NodeClient(kms, quotes.quotes(), pair, console.clock()));
      return skipCheck
          ? finish(way.plainUnchecked(), kms.base(), pair.peerId(), quotes.name(), null)
          : checked(way, expectations, kms.base(), pair.peerId(), quotes.name());
    }
  }

  private int checked(KeyFetch way, Expectations expectations, URI url, PeerId peer, String quotes)
      throws FailureException {
    options.defaultToIntel();
    options.requireOneSource();
    TrustAnchor anchor = options.anchor(console);
    try (Verification verification = options.open(console, anchor)) {
      KmsVerifier verifier = new KmsVerifier(verification, expectations);
      Bytes nonce = AttestCommand.randomNonce();
      Instant now = console.clock().instant();
      FetchedKey fetched =
          plain ? way.plain(verifier, nonce, now) : way.sealed(verifier, nonce, now);
      KmsReport report =
          new KmsReport(url, fetched.kms().orElseThrow(), expectations, anchor, options.source());
      return finish(fetched, url, peer, quotes, report);
    }
  }

  /** Writes the key where it belongs, says what came of it, and wipes it. */
  private int finish(
      FetchedKey fetched, URI url, PeerId peer, String quotes, @Nullable KmsReport kms)
      throws FailureException {
    try (fetched) {
      KeyReport.Outcome outcome = null;
      if (fetched.result() instanceof FetchedKey.Result.Key(var key)) {
        if (out != null) {
          KeyFile.write(out, key);
        }
        outcome = new KeyReport.Outcome(key, !plain, quotes, out, printKey);
      }
      Failure failure = failure(fetched.result(), kms);
      KeyReport report = new KeyReport(url, peer, fetched.checks(), kms, failure, outcome);
      console.out().print(common.json ? Json.print(report.json()) + "\n" : report.text());
      return exit(fetched.result(), kms);
    }
  }

  private static @Nullable Failure failure(FetchedKey.Result result, @Nullable KmsReport kms) {
    return switch (result) {
      case FetchedKey.Result.Key _ -> null;
      case FetchedKey.Result.KmsNotAccepted _ -> kms == null ? null : kms.failure();
      case FetchedKey.Result.Refused(var cause) -> Failure.of(cause);
      case FetchedKey.Result.NoOwnQuote(var cause) ->
          Failure.of(
              OwnCode.MACHINE_QUOTE_FAILED,
              "this machine gives no quote: " + inTermsOfOptions(cause));
    };
  }

  private static int exit(FetchedKey.Result result, @Nullable KmsReport kms) {
    return switch (result) {
      case FetchedKey.Result.Key _ -> Exits.OK;
      case FetchedKey.Result.KmsNotAccepted _ -> kms == null ? Exits.REJECTED : kms.exit();
      case FetchedKey.Result.Refused(var cause) -> Exits.of(cause.code());
      case FetchedKey.Result.NoOwnQuote _ -> Exits.USAGE;
    };
  }

  /**
   * The agent's client speaks to servers, which have a variable where this command has an option.
   */
  private static String inTermsOfOptions(GuestException e) {
    return PlainText.of(e).replace("DSTACK_SOCKET_PATH", "--dstack");
  }
}
