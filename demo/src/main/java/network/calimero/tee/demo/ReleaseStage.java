package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.config.KmsUrl;
import network.calimero.tee.release.config.MerodConfig;
import network.calimero.tee.release.source.KeptLogAnswers;
import network.calimero.tee.release.source.LogLookup;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.Check;
import network.calimero.tee.release.verify.Refusal;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.ReleaseVerifier;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.release.verify.VerifiedRelease;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.releases.SimulatedRelease;

/** The releases that the KMS and its nodes are of: verified before anything is taken from them. */
final class ReleaseStage {
  private static final Profile PROFILE = Profile.LOCKED_READ_ONLY;
  private static final ReleaseVersion VERSION =
      ReleaseVersion.of(SimulatedReleases.VERSION).orElseThrow();

  private final SimulatedReleases releases;
  private final Screen screen;
  private Optional<VerifiedRelease> verified = Optional.empty();

  ReleaseStage(SimulatedReleases releases, Screen screen) {
    this.releases = releases;
    this.screen = screen;
  }

  /** Verifies them, and shows which would not be taken; whether everything went as it must. */
  boolean play() {
    screen.section("The releases of the KMS and of its nodes");
    boolean genuine =
        screen.row("both are verified before anything is taken from them", this::verify);
    return genuine && meddle();
  }

  private boolean meddle() {
    String file = policyFile();
    boolean changed =
        meddling(
            "a policy that was changed after it was signed",
            it -> it.change(file, content -> (new String(content, UTF_8) + " ").getBytes(UTF_8)),
            Optional.empty(),
            "signature_log_entry_of_other_artifact");
    boolean foreign =
        meddling(
            "a policy that another workflow signed",
            it -> it.signedBy(file, who -> who.withWorkflow("build.yaml", "Build")),
            Optional.empty(),
            "signature_other_workflow");
    boolean old =
        meddling(
            "genuine releases, older than the minimum",
            UnaryOperator.identity(),
            ReleaseVersion.of("2.3.75"),
            "release_version_below_minimum");
    return changed && foreign && old;
  }

  private boolean meddling(
      String title,
      UnaryOperator<SimulatedRelease> meddling,
      Optional<ReleaseVersion> minimum,
      String code) {
    return screen.row(title, () -> mustRefuse(meddling, minimum, code));
  }

  private Outcome verify() throws IOException {
    ReleaseDownloads.Settings settings =
        new ReleaseDownloads.Settings(
            List.of(ReleasesUrl.of(releases.url().toString())),
            Optional.empty(),
            true,
            ProxySelector.of(null),
            Duration.ofSeconds(30),
            Progress.NONE);
    ReleaseReport report;
    try (ReleaseDownloads downloads = new ReleaseDownloads(settings)) {
      report = report(downloads, Optional.empty());
    }
    return switch (report.outcome()) {
      case ReleaseReport.Genuine(VerifiedRelease release) -> {
        verified = Optional.of(release);
        long held = passed(report).count();
        yield Outcome.good(
            "genuine, %d checks hold".formatted(held),
            "%d files of mero-kms-v%s and mero-tee-v%s, each signed by the workflow that makes such"
                    .formatted(release.assets().size(), VERSION, VERSION)
                + " releases; what they say of each other agrees");
      }
      case ReleaseReport.Refused(Refusal refusal) -> Outcome.bad(refusal.code(), refusal.reason());
      case ReleaseReport.Unknown(var failure) -> Outcome.bad("unknown", failure.reason());
    };
  }

  private static Stream<Check> passed(ReleaseReport report) {
    return report.checks().stream().filter(check -> check.result() == Check.Result.PASSED);
  }

  private ReleaseReport report(ReleaseSource source, Optional<ReleaseVersion> minimum)
      throws IOException {
    TrustedRoot root = trustedRoot();
    LogLookup log = new KeptLogAnswers(new ReleaseFolder(releases.folder()), Optional.empty());
    SignatureVerifier verifier = new SignatureVerifier(root);
    Signatures signatures = new Signatures(RecognizedBundles.olderOnly(verifier), verifier, log);
    return new ReleaseVerifier(source, signatures, SignerRule.OFFICIAL, minimum)
        .verify(VERSION, Scope.BOTH);
  }

  private TrustedRoot trustedRoot() throws IOException {
    try {
      return TrustedRoot.parse(Bytes.of(Files.readAllBytes(releases.trustedRoot())));
    } catch (MalformedException e) {
      throw new IOException("the simulated trusted root: " + e.reason(), e);
    }
  }

  /** What a node has to expect of the KMS, from the policy in the release. */
  Map<Register, Set<Measurement>> kmsMeasurements() throws PolicyDocumentException {
    PolicyDocument policy = policy();
    return Stream.of(Register.values())
        .collect(Collectors.toMap(it -> it, it -> policy.kms().list(it).values()));
  }

  private PolicyDocument policy() throws PolicyDocumentException {
    VerifiedRelease release = verified.orElseThrow();
    return PolicyDocument.parse(release.asset(policyAsset(release)).orElseThrow().content());
  }

  private static Asset policyAsset(VerifiedRelease release) {
    return release.generation().kmsAssets().policy(PROFILE);
  }

  /** Writes what a node's configuration is to say of its KMS; whether that went as it must. */
  boolean configure(URI kms, Path file) {
    return screen.row(
        "merod's configuration is generated from the release", () -> generate(kms, file));
  }

  private Outcome generate(URI kms, Path file) throws IOException, PolicyDocumentException {
    MerodConfig config =
        MerodConfig.of(
            SimulatedReleases.VERSION, PROFILE, KmsUrl.of(kms.toString()), verified.orElseThrow());
    Files.writeString(file, config.toml(true));
    return Outcome.good(
        "%d values".formatted(config.settings().size()),
        "the TCB statuses, registers and compose hash that the release's policy has for a KMS");
  }

  private Outcome mustRefuse(
      UnaryOperator<SimulatedRelease> meddling, Optional<ReleaseVersion> minimum, String code)
      throws IOException {
    Path folder = releases.meddledWith(meddling);
    ReleaseReport report = report(new ReleaseFolder(folder), minimum);
    return report.outcome() instanceof ReleaseReport.Refused(Refusal refusal)
            && refusal.code().equals(code)
        ? Outcome.good(
            "refused", refusal.code() + ": " + refusal.subject() + ": " + refusal.reason())
        : Outcome.bad(report.outcome().getClass().getSimpleName(), "expected " + code);
  }

  private String policyFile() {
    return policyAsset(verified.orElseThrow()).name();
  }
}
