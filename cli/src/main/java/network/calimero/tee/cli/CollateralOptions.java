package network.calimero.tee.cli;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.node.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What quotes are verified against; the same for all commands that verify one. */
class CollateralOptions {
  static final int MAX_ROOT = 64 * 1024;

  @Option(
      names = "--collateral",
      paramLabel = "FILE",
      description =
          "Verify against the collateral in this file (QuoteCollateralV3 JSON, at most 4 MiB).")
  @Nullable String collateral;

  @Option(
      names = "--pccs",
      paramLabel = "URL",
      description =
          "Verify against collateral from this PCS or PCCS (v4); give it again for others to ask"
              + " after it. Intel's own: https://api.trustedservices.intel.com")
  List<String> pccs = new ArrayList<>();

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description =
          "Believe this root certificate (PEM or DER) in place of Intel's, for simulated platforms:"
              + " what is proven then is not proven by Intel.")
  @Nullable String root;

  @Option(
      names = "--min-tcb-evaluation",
      paramLabel = "N",
      defaultValue = "0",
      description = "Refuse TCB info of an older recovery set than this number.")
  int minTcbEvaluation;

  @Option(
      names = "--min-qe-evaluation",
      paramLabel = "N",
      defaultValue = "0",
      description = "Refuse a QE identity of an older recovery set than this number.")
  int minQeEvaluation;

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** Whether anything to verify against was named. */
  boolean isGiven() {
    return collateral != null || !pccs.isEmpty();
  }

  VerifierOptions verifierOptions() {
    if (minTcbEvaluation < 0 || minQeEvaluation < 0) {
      throw usage("evaluation numbers are not negative");
    }
    return new VerifierOptions(false, false, minTcbEvaluation, minQeEvaluation);
  }

  /** Intel's own service, for commands that go online anyway and were told no other source. */
  void defaultToIntel() {
    if (!isGiven()) {
      pccs = List.of(PcsBase.INTEL.url().toString());
    }
  }

  /** Where the collateral comes from, for people. */
  String source() {
    return PlainText.of(collateral == null ? String.join(", ", pccs) : collateral);
  }

  /** Refuses neither source and both. */
  void requireOneSource() {
    if (collateral == null && pccs.isEmpty()) {
      throw usage(
          "give what to verify against: --collateral FILE, or --pccs URL"
              + " (Intel's: https://api.trustedservices.intel.com)");
    }
    if (collateral != null && !pccs.isEmpty()) {
      throw usage("give --collateral or --pccs, not both: one verdict rests on one source");
    }
  }

  /** Whether collateral is fetched, piece by piece as the quote proves itself. */
  boolean isOnline() {
    return collateral == null;
  }

  /**
   * What was named, opened.
   *
   * @throws FailureException if a file cannot be read (usage), or holds no collateral (rejected)
   */
  Verification open(Console console, TrustAnchor anchor) throws FailureException {
    requireOneSource();
    return collateral == null
        ? Verification.online(anchor, verifierOptions(), bases(), console.clock())
        : Verification.offline(anchor, verifierOptions(), collateral(console, collateral));
  }

  private List<PcsBase> bases() {
    try {
      return pccs.stream().map(PcsBase::of).toList();
    } catch (IllegalArgumentException e) {
      throw usage("--pccs: " + e.getMessage());
    }
  }

  /** The root that is believed: Intel's, unless another was named. */
  TrustAnchor anchor(Console console) throws FailureException {
    return root == null ? TrustAnchor.intel() : anchor(console, root);
  }

  /** The root in that file. */
  static TrustAnchor anchor(Console console, String root) throws FailureException {
    byte[] bytes = Inputs.read(console, root, MAX_ROOT);
    try {
      return TrustAnchor.of(Bytes.of(bytes));
    } catch (IllegalArgumentException e) {
      throw FailureException.input(
          "--root %s is not a root certificate: %s".formatted(root, e.getMessage()),
          "give one self-signed CA certificate in PEM or DER");
    }
  }

  private static Collateral collateral(Console console, String file) throws FailureException {
    byte[] bytes = Inputs.read(console, file, CollateralJson.MAX_SIZE);
    try {
      return CollateralJson.parse(Bytes.of(bytes));
    } catch (CollateralFormatException e) {
      String reason = PlainText.of(e);
      throw new FailureException(Exits.REJECTED, Failure.malformedCollateral(reason));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
