package network.calimero.tee.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.Signer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies who signed a policy. */
@Command(
    name = "verify",
    header = "Verifies that the workflow which releases key servers signed a policy.",
    description = {
      "",
      "Asks nobody: the bundle has all that it takes, at any later time. Both forms of bundles are"
          + " read, cosign's older one (the only one that nodes and KMS read) and today's; or .sig and"
          + " .pem with what the transparency log answers. The signer is compared by the exact"
          + " workflow, repository, branch and trigger, and by the repository's number.",
      "",
      "Whom the policy lets in is another question: policy explain and policy lint answer it.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:signed by the workflow that releases key servers",
      "1:refused: the signature is wrong or somebody else's, or what comes with it is malformed, or"
          + " what is signed is no policy",
      "2:wrong usage, or a file cannot be read"
    },
    footer = {
      "",
      "Examples:",
      "  With the bundle beside it, in policy.json.bundle.json:",
      "    mero-tee policy verify policy.json",
      "  With one elsewhere, and .sig compared with it as nodes do:",
      "    mero-tee policy verify policy.json --bundle b.json --sig policy.json.sig",
      "  By .sig and .pem:",
      "    mero-tee policy verify policy.json --sig policy.json.sig --pem policy.json.pem \\",
      "        --rekor-entry answer.json",
      "  For a program:",
      "    mero-tee policy verify policy.json --json | jq '{verified, signer}'"
    })
final class PolicyVerifyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Mixin TrustedRootOption trustedRoot = new TrustedRootOption();

  @Parameters(
      paramLabel = "FILE",
      description = "The policy (at most 1 MiB), or - for standard input.")
  String file = "";

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "The bundle. By default the file beside the policy: FILE.bundle.json.")
  Optional<String> bundle = Optional.empty();

  @Option(
      names = "--sig",
      paramLabel = "FILE",
      description = "The signature; with a bundle it must be the same one.")
  Optional<String> sig = Optional.empty();

  @Option(names = "--pem", paramLabel = "FILE", description = "The signer's certificate.")
  Optional<String> pem = Optional.empty();

  @Option(
      names = "--rekor-entry",
      paramLabel = "FILE",
      description = "What the transparency log answers when asked for this file's entries.")
  Optional<String> rekorEntry = Optional.empty();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  PolicyVerifyCommand(Console console) {
    this.console = console;
  }

  /** A way to verify, with every file read that it takes. */
  private interface Way {
    Signer verify(ArtifactDigest artifact, ExpectedSigner expected)
        throws SignatureRefusedException;
  }

  @Override
  public Integer call() throws FailureException {
    boolean detached = pem.isPresent() || rekorEntry.isPresent();
    if (detached && (sig.isEmpty() || pem.isEmpty() || rekorEntry.isEmpty())) {
      throw usage("--sig, --pem and --rekor-entry belong together: give all three");
    }
    if (detached && bundle.isPresent()) {
      throw usage("give --bundle, or --sig, --pem and --rekor-entry, not both");
    }
    Bytes policy = read(file, PolicyDocument.MAX_SIZE, "the policy");
    TrustedRootChoice root = trustedRoot.choose(console);
    Way way = detached ? detached(root) : bundled(root);
    SignatureVerdict verdict = verdict(policy, way);
    SignatureReport report = new SignatureReport(file, policy, verdict, root);
    console.out().print(common.json ? report.json() : report.text());
    return verdict.exit();
  }

  /** One of the two workflows; of what is neither's, what the last one lacked is told. */
  private static SignatureVerdict verdict(Bytes policy, Way way) {
    @Nullable SignatureVerdict verdict = null;
    for (ExpectedSigner expected : ReleaseSigners.OFFICIAL.anyKms()) {
      try {
        return signed(policy, way.verify(ArtifactDigest.of(policy), expected));
      } catch (SignatureRefusedException e) {
        verdict = new SignatureVerdict.Refused(e);
        if (e.code() != Code.OTHER_IDENTITY) {
          break;
        }
      }
    }
    return Objects.requireNonNull(verdict);
  }

  /** Read only after its signature held: the same workflow signs other files too. */
  private static SignatureVerdict signed(Bytes policy, Signer signer) {
    try {
      return new SignatureVerdict.Signed(signer, PolicyDocument.parse(policy));
    } catch (PolicyDocumentException e) {
      return new SignatureVerdict.NoPolicy(signer, e);
    }
  }

  private Way bundled(TrustedRootChoice root) throws FailureException {
    Bytes json = read(bundleFile(), RecognizedBundles.MAX_SIZE, "the bundle");
    RecognizedBundles verifier = root.bundles();
    if (sig.isEmpty()) {
      return (policy, expected) -> verifier.verify(policy, json, expected);
    }
    Bytes text = read(sig.get(), DetachedSignature.MAX_FILE, "the signature");
    return (policy, expected) -> {
      Signer signer = verifier.verify(policy, json, expected);
      signer.signature().requireSame(text);
      return signer;
    };
  }

  private String bundleFile() {
    if (bundle.isPresent()) {
      return bundle.get();
    }
    String beside = file + ".bundle.json";
    if (file.equals(Inputs.STDIN) || !Files.exists(Path.of(beside))) {
      throw usage(
          "there is no bundle beside the policy: name it with --bundle, or give --sig, --pem and"
              + " --rekor-entry");
    }
    return beside;
  }

  private Way detached(TrustedRootChoice root) throws FailureException {
    int max = DetachedSignature.MAX_FILE;
    Bytes signature = read(sig.orElseThrow(), max, "the signature");
    Bytes certificate = read(pem.orElseThrow(), max, "the certificate");
    Bytes answer = read(rekorEntry.orElseThrow(), LogEntry.MAX_LOOKUP, "the log's answer");
    SignatureVerifier verifier = new SignatureVerifier(root.root());
    return (policy, expected) ->
        verifier.verify(
            policy,
            logged(DetachedSignature.parse(signature, certificate), policy, answer),
            expected);
  }

  private static SignedBy logged(DetachedSignature detached, ArtifactDigest policy, Bytes answer)
      throws SignatureRefusedException {
    return detached
        .among(LogEntry.parseLookup(answer))
        .orElseThrow(() ->
            new SignatureRefusedException(
                Code.LOG_ENTRY_OF_OTHER_SIGNATURE,
                "the log's answer has no entry of this signature",
                "",
                "what the log gives at /api/v1/log/entries/" + detached.entryName(policy)));
  }

  private Bytes read(String name, int max, String what) throws FailureException {
    byte[] bytes = Inputs.read(console, name, max);
    if (bytes.length > max) {
      throw FailureException.input(
          "%s in %s has more than %d bytes".formatted(what, name, max), "give the right file");
    }
    return Bytes.of(bytes);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
