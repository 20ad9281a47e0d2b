package network.calimero.tee.cli;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.node.Expectations;
import network.calimero.tee.node.KmsAssessment;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.KmsVerifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks a KMS as a node does before it asks for a key. */
@Command(
    name = "attest",
    header = "Checks whether a genuine KMS answers at a URL, and whether it is the expected one.",
    description = {
      "",
      "Sends a fresh nonce to POST /attest, and makes every check that a node makes: its limits, the"
          + " report data, all ten steps of DCAP verification, the TCB status, and the registers"
          + " that you name.",
      "",
      "Collateral comes from Intel's PCS unless --pccs or --collateral names another source.",
      "",
      "Genuine is not the right one: without --expect-… nothing is compared, and any program in any"
          + " genuine TDX VM ends in exit code 0. And evidence through a URL can be relayed: a \"yes\" says that some such KMS answered.",
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
      "  mero-tee kms attest https://kms.example.org \\",
      "      --expect-mrtd $MRTD --expect-rtmr2 $OLD,$NEW",
      "  mero-tee kms attest http://127.0.0.1:8080 --pccs http://127.0.0.1:8081 --root simulated.pem",
      "  mero-tee kms attest https://kms.example.org --pccs https://pccs.example.org --json |",
      "      jq '{verified, accepted, tcbStatus}'"
    })
final class AttestCommand implements Callable<Integer> {
  private static final int NONCE_SIZE = 32;

  @Mixin CommonOptions common = new CommonOptions();

  @Mixin KmsAddress address = new KmsAddress();

  @Mixin VerificationOptions options = new VerificationOptions();

  @Mixin ExpectationOptions expected = new ExpectationOptions();

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      description = "Use this nonce (64 hex digits) in place of a random one.")
  @Nullable String nonce;

  @Option(
      names = "--transport-key",
      description =
          "Also ask for the key that the KMS seals with, and check that its quote vouches for it:"
              + " what is sealed with that key cannot come from a relay. --expect-fingerprint asks for"
              + " it, too.")
  boolean transportKey;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  AttestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    Bytes fresh = nonce == null ? randomNonce() : givenNonce(nonce);
    options.defaultToIntel();
    options.requireOneSource();
    TrustAnchor anchor = options.anchor(console);
    Expectations expectations = expected.with(options.allowed());
    try (KmsClient kms = address.open();
        Verification verification = options.open(console, anchor)) {
      KmsVerifier verifier = new KmsVerifier(verification, expectations);
      Instant now = console.clock().instant();
      KmsAssessment assessment =
          transportKey || !expectations.fingerprints().isEmpty()
              ? verifier.assessWithTransportKey(kms, fresh, now)
              : verifier.assess(kms, fresh, now);
      KmsReport report =
          new KmsReport(kms.base(), assessment, expectations, anchor, options.source());
      console.out().print(common.json ? Json.print(report.json()) + "\n" : report.text());
      return report.exit();
    }
  }

  static Bytes randomNonce() {
    byte[] nonce = new byte[NONCE_SIZE];
    new SecureRandom().nextBytes(nonce);
    return Bytes.of(nonce);
  }

  private Bytes givenNonce(String hex) {
    try {
      Bytes given = Bytes.fromHex(hex);
      if (given.length() == NONCE_SIZE) {
        return given;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for a wrong length.
    }
    throw new ParameterException(spec.commandLine(), "--nonce: give 64 hex digits (32 bytes)");
  }
}
