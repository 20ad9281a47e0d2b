package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.policy.PolicyCandidate;
import network.calimero.tee.release.policy.Probe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Proposes a policy from what running machines prove of themselves. */
@Command(
    name = "candidates",
    header = "Proposes a policy from what a KMS and a node prove of themselves.",
    description = {
      "",
      "Takes answers of /attest (or bare quotes), verifies their quotes, and writes a candidate: one"
          + " value per register, taken from the quote and nothing else, and the TCB statuses that you"
          + " declare. No KMS loads a candidate: people review it, and a release makes and signs a"
          + " policy of it. What the review should look at first is told on standard error.",
      ""
    },
    exitCodeListHeading = Exits.HEADING,
    exitCodeList = {
      "0:a candidate was written to standard output",
      "1:rejected: a quote, its collateral or its event log is malformed or not genuine, or not fresh",
      Exits.Quote.USAGE,
      "3:genuine, but a platform's TCB status is not declared, and --require-observed-allowed was given",
      Exits.Quote.NO_VERDICT
    },
    footer = {
      "",
      "Examples:",
      "  nonce=$(openssl rand 32 | base64 -w0)",
      "  curl -s https://kms.example.org/attest -H 'Content-Type: application/json' \\",
      "      -d \"{\\\"nonceB64\\\":\\\"$nonce\\\"}\" >attest.json",
      "  mero-tee policy candidates --release 2.3.73 --profile locked-read-only --kms attest.json \\",
      "      --nonce \"$(base64 -d <<<$nonce | xxd -p -c 32)\" \\",
      "      --pccs https://api.trustedservices.intel.com >candidate.json",
      "  A KMS and a node in one, for platforms that must be up to date:",
      "    mero-tee policy candidates --release 2.3.73 --kms kms.json --node node.json \\",
      "        --allowed-tcb-status uptodate --require-observed-allowed --collateral c.json"
    })
final class CandidatesCommand implements Callable<Integer> {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  @Mixin CommonOptions common = new CommonOptions();

  @Mixin CollateralOptions options = new CollateralOptions();

  @Option(
      names = "--release",
      paramLabel = "X.Y.Z",
      required = true,
      description = "The release that the candidate is for.")
  String release = "";

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "locked-read-only",
      converter = ProfileConverter.class,
      description = "The profile that it is for; by default ${DEFAULT-VALUE}.")
  Profile profile = Profile.LOCKED_READ_ONLY;

  @Option(
      names = "--kms",
      paramLabel = "FILE",
      description = "What a KMS of this release and profile answers to /attest, or its quote.")
  @Nullable String kms;

  @Option(
      names = "--node",
      paramLabel = "FILE",
      description = "What a node of this release and profile answers to attest, or its quote.")
  @Nullable String node;

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      converter = HashConverter.class,
      description = "The 32 bytes that the answers were asked for with: refuse older ones.")
  @Nullable Bytes nonce;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "The commit that the images were built from, 40 hex digits.")
  @Nullable String commit;

  @Option(
      names = "--allowed-tcb-status",
      paramLabel = "LIST",
      split = ",",
      converter = StatusConverter.class,
      description =
          "The TCB statuses to declare, with commas between them or given again; by default"
              + " uptodate,outofdate.")
  List<TcbStatus> statuses = new ArrayList<>();

  @Option(
      names = "--require-observed-allowed",
      description = "Refuse if a platform's own status is not declared, rather than warn.")
  boolean requireObserved;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Console console;

  CandidatesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws FailureException {
    options.requireOneSource();
    PolicyCandidate candidate = candidate();
    List<String> warnings = warnings(candidate);
    console.out().print(common.json ? json(candidate, warnings) : candidate.text());
    warnings.forEach(warning -> console.err().println("warning: " + warning));
    return Exits.OK;
  }

  private PolicyCandidate candidate() throws FailureException {
    if (kms == null && node == null) {
      throw usage("give what was probed: --kms FILE, --node FILE, or both");
    }
    if (Inputs.STDIN.equals(kms) && Inputs.STDIN.equals(node)) {
      throw usage("only one of --kms and --node can come from standard input");
    }
    ReleaseVersion version =
        ReleaseVersion.ofAnyTag(release)
            .orElseThrow(() -> usage("--release: '%s' is not X.Y.Z".formatted(release)));
    if (commit != null && !COMMIT.matcher(commit).matches()) {
      throw usage("--commit wants 40 digits of lower-case hex");
    }
    ProbeInputs reader = new ProbeInputs(console, options, nonce);
    List<Probe> probes = new ArrayList<>();
    if (kms != null) {
      probes.add(reader.read(Role.KMS, kms));
    }
    if (node != null) {
      probes.add(reader.read(Role.NODE, node));
    }
    PolicyCandidate candidate =
        new PolicyCandidate(
            version, profile, Optional.ofNullable(commit), reader.now(), declared(), probes);
    requireDeclared(candidate);
    return candidate;
  }

  private Set<TcbStatus> declared() {
    return statuses.isEmpty()
        ? new LinkedHashSet<>(List.of(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE))
        : new LinkedHashSet<>(statuses);
  }

  private void requireDeclared(PolicyCandidate candidate) throws FailureException {
    if (requireObserved && !candidate.outside().isEmpty()) {
      throw FailureException.of(
          OwnCode.STATUS_NOT_DECLARED, String.join("; ", candidate.undeclared()));
    }
  }

  private List<String> warnings(PolicyCandidate candidate) {
    List<String> warnings = new ArrayList<>(candidate.undeclared());
    if (nonce == null) {
      warnings.add("no --nonce was given: the answers may be old ones, played back");
    }
    for (Probe probe : candidate.probes()) {
      if (!probe.evidence().anchor().isIntel()) {
        warnings.add("the root given by --root is not Intel's: Intel vouches for nothing here");
      }
    }
    warnings.addAll(candidate.weaknesses());
    return warnings.stream().distinct().toList();
  }

  private static String json(PolicyCandidate candidate, List<String> warnings) {
    ObjectNode node = Json.object();
    node.put("verified", true).putNull("failure");
    node.set("candidate", candidate.json());
    node.set("warnings", Json.texts(warnings));
    return Json.print(node) + "\n";
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
