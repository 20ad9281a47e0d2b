package network.calimero.tee.cli;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.KeptLogAnswers;
import network.calimero.tee.release.source.LogLookup;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.Refusal;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.ReleaseVerifier;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.SignatureVerifier;
import tools.jackson.databind.node.ObjectNode;

/** Verifies releases as a command was told to. */
final class ReleaseSession {
  private final Settings settings;
  private final TrustedRootChoice root;
  private final Progress progress;

  /** Of which the folder has files that were downloaded here. */
  private final Set<ReleaseVersion> tried = new HashSet<>();

  /**
   * What was told.
   *
   * @param servers asked in this order
   * @param offline a folder to take all files from, in place of servers
   * @param folder where downloads are kept
   * @param perFile how long one file may take
   */
  record Settings(
      List<ReleasesUrl> servers,
      URI log,
      ProxySelector proxies,
      Optional<ReleaseFolder> offline,
      Optional<ReleaseFolder> folder,
      Duration perFile,
      SignerRule rule,
      Optional<ReleaseVersion> minimum) {
    /** Copies. */
    Settings {
      servers = List.copyOf(servers);
    }
  }

  ReleaseSession(Settings settings, TrustedRootChoice root, Progress progress) {
    this.settings = settings;
    this.root = root;
    this.progress = progress;
  }

  TrustedRootChoice root() {
    return root;
  }

  SignerRule rule() {
    return settings.rule;
  }

  /** What is believed beyond, or short of, the default; for people, and always told. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!root.isSigstores()) {
      notes.add("signatures are believed under another trusted root than Sigstore's");
    }
    weaker().ifPresent(notes::add);
    return notes;
  }

  /** What is not compared, if it is not everything. */
  Optional<String> weaker() {
    if (!settings.rule.isExact()) {
      return Optional.of(
          PlainText.of(
              "WEAKER than by default: any signer whose identity matches %s is accepted, whatever"
                      .formatted(settings.rule.pattern().orElseThrow())
                  + " the workflow, its trigger, repository and branch"));
    }
    return settings
        .rule
        .issuer()
        .map(issuer -> PlainText.of("not the default issuer of identities: " + issuer));
  }

  /** Whose signatures are believed, for programs. */
  void describe(ObjectNode node) {
    node.set("trustedRoot", root.describeJson());
    ObjectNode signers = node.putObject("signers");
    signers.put("exact", settings.rule.isExact());
    signers.put("identityRegexp", settings.rule.pattern().map(Object::toString).orElse(null));
    signers.put("issuer", settings.rule.issuer().orElse(null));
  }

  /** Where files come from, for people. */
  String source() {
    return settings
        .offline
        .map(folder -> "the folder " + folder)
        .orElseGet(() ->
            settings.servers.stream()
                .map(ReleasesUrl::toString)
                .collect(Collectors.joining(", then ")));
  }

  /** Verifies a version. What was kept from before and does not hold is downloaded once more. */
  ReleaseReport verify(ReleaseVersion version, Scope scope) {
    if (settings.offline.isPresent()) {
      ReleaseFolder folder = settings.offline.get();
      return verify(folder, new KeptLogAnswers(folder, Optional.empty()), version, scope);
    }
    Attempt attempt = online(version, scope, true);
    return mayBeOutdated(attempt, version) ? online(version, scope, false).report : attempt.report;
  }

  /**
   * Whether what was kept may be at fault. That a file is missing is not the fault of what was
   * downloaded here: else whoever waits for it would download all others each time.
   */
  private boolean mayBeOutdated(Attempt attempt, ReleaseVersion version) {
    boolean first = tried.add(version);
    return attempt.usedKept
        && attempt.report.outcome() instanceof ReleaseReport.Refused(Refusal refusal)
        && (first || !refusal.isOfMissingFile());
  }

  /** What came of verifying, and whether anything came from the folder. */
  private record Attempt(ReleaseReport report, boolean usedKept) {}

  private Attempt online(ReleaseVersion version, Scope scope, boolean useKept) {
    ReleaseDownloads.Settings downloading =
        new ReleaseDownloads.Settings(
            settings.servers,
            settings.folder,
            useKept,
            settings.proxies,
            settings.perFile,
            progress);
    try (ReleaseDownloads downloads = new ReleaseDownloads(downloading);
        RekorClient rekor =
            new RekorClient(settings.log, settings.folder, settings.proxies, settings.perFile)) {
      LogLookup log =
          settings.folder.isPresent() && useKept
              ? new KeptLogAnswers(settings.folder.get(), Optional.of(rekor))
              : rekor;
      ReleaseReport report = verify(downloads, log, version, scope);
      return new Attempt(report, downloads.usedKept());
    }
  }

  private ReleaseReport verify(
      ReleaseSource source, LogLookup log, ReleaseVersion version, Scope scope) {
    Signatures signatures = new Signatures(root.bundles(), new SignatureVerifier(root.root()), log);
    return new ReleaseVerifier(source, signatures, settings.rule, settings.minimum)
        .verify(version, scope);
  }
}
