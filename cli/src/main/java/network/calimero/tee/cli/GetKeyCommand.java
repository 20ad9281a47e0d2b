package network.calimero.tee.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.node.KmsAssessment;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import network.calimero.tee.node.NodeClient;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.node.ReleasedKey;
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
      "The quote comes from the dstack agent at /var/run/dstack.sock if there is one, else from the"
          + " kernel, unless --dstack or --configfs-tsm says so; collateral comes from Intel's PCS unless"
          + " --pccs or --collateral names another source.",
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
      "      --dstack /var/run/dstack.sock --expect-mrtd $MRTD \\",
      "      --out /run/keys/storage.hex",
      "  On a machine without dstack, with a new identity:",
      "    mero-tee kms get-key https://kms.example.org --identity node.key --create-identity \\",
      "        --configfs-tsm /sys/kernel/config/tsm/report --pccs https://pccs.example.org"
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
    if (skipCheck && options.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "--skip-kms-check verifies nothing: leave out --pccs and --collateral");
    }
    if (skipCheck && !plain) {
      throw new ParameterException(
          spec.commandLine(),
          "--skip-kms-check leaves nobody to seal to, for only a checked quote vouches for the"
              + " transport key: add --plain");
    }
    if (out != null) {
      KeyFile.requireWritable(out);
    }
    try (KmsClient kms = address.open();
        PeerKeyPair pair = identity.open()) {
      KmsReport report = skipCheck ? null : check(kms);
      if (report != null && report.exit() != Exits.OK) {
        return say(new KeyReport(kms.base(), pair.peerId(), report, report.failure(), null));
      }
      return fetch(kms, pair, report);
    }
  }

  private KmsReport check(KmsClient kms) throws FailureException {
    options.defaultToIntel();
    options.requireOneSource();
    TrustAnchor anchor = options.anchor(console);
    Expectations expectations = expected.with(options.allowed());
    try (Verification verification = options.open(console, anchor)) {
      KmsVerifier verifier = new KmsVerifier(verification, expectations);
      Bytes nonce = AttestCommand.randomNonce();
      Instant now = console.clock().instant();
      KmsAssessment assessment =
          plain
              ? verifier.assess(kms, nonce, now)
              : verifier.assessWithTransportKey(kms, nonce, now);
      return new KmsReport(kms.base(), assessment, expectations, anchor, options.source());
    }
  }

  private int fetch(KmsClient kms, PeerKeyPair pair, @Nullable KmsReport report)
      throws FailureException {
    try (MachineOptions.Machine quotes = machine.open();
        ReleasedKey key =
            fetch(new NodeClient(kms, quotes.quotes(), pair, console.clock()), report)) {
      if (out != null) {
        KeyFile.write(out, key);
      }
      KeyReport.Outcome outcome = new KeyReport.Outcome(key, !plain, quotes.name(), out, printKey);
      return say(new KeyReport(kms.base(), pair.peerId(), report, null, outcome));
    } catch (NodeException e) {
      KeyReport refused = new KeyReport(kms.base(), pair.peerId(), report, Failure.of(e), null);
      say(refused);
      return Exits.of(e.code());
    } catch (GuestException e) {
      throw new FailureException(
          Exits.USAGE,
          Failure.of(
              OwnCode.MACHINE_QUOTE_FAILED, "this machine gives no quote: " + inTermsOfOptions(e)));
    }
  }

  private ReleasedKey fetch(NodeClient node, @Nullable KmsReport report)
      throws NodeException, GuestException {
    if (plain || report == null) {
      return node.fetchPlainKey();
    }
    return node.fetchSealedKey(report.assessment().transportKey().orElseThrow());
  }

  /**
   * The agent's client speaks to servers, which have a variable where this command has an option.
   */
  private static String inTermsOfOptions(GuestException e) {
    return PlainText.of(e).replace("DSTACK_SOCKET_PATH", "--dstack");
  }

  private int say(KeyReport report) {
    console.out().print(common.json ? Json.print(report.json()) + "\n" : report.text());
    return report.kms() == null ? Exits.OK : report.kms().exit();
  }
}
