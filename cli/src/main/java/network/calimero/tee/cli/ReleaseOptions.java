package network.calimero.tee.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.EnvironmentProxies;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.SignerRule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Where releases come from and who must have signed them; the same for all commands that use one.
 */
final class ReleaseOptions {
  private static final Pattern REPOSITORY =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}");
  private static final int MAX_TIMEOUT = 3600;

  @Mixin TrustedRootOption trustedRoot = new TrustedRootOption();

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME",
      description =
          "The repository on GitHub that releases come from, and whose workflows must have signed"
              + " them; calimero-network/mero-tee by default.")
  Optional<String> repository = Optional.empty();

  @Option(
      names = "--releases-url",
      paramLabel = "URL",
      description =
          "Download from here, in place of the repository's releases on GitHub; also by variable"
              + " RELEASES_URL. Files are at URL/download/TAG/FILE.")
  Optional<String> releasesUrl = Optional.empty();

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Also download from here, where what comes before fails or lacks a file; give it again for"
              + " others. Also by variable RELEASES_MIRRORS, with commas between them.")
  List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--rekor-url",
      paramLabel = "URL",
      description =
          "The transparency log to ask about files without a bundle; Sigstore's own by default. Also"
              + " by variable REKOR_URL.")
  Optional<String> rekorUrl = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long one file may take; archives and SBOMs ten times that. 60 by default.")
  int timeout;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "Who must have vouched for the signer, in place of GitHub's issuer of tokens.")
  Optional<String> issuer = Optional.empty();

  @Option(
      names = "--identity-regexp",
      paramLabel = "REGEXP",
      description =
          "Accept whoever's identity matches, of both families. Weaker than the exact workflows that"
              + " are expected by default, and said so.")
  Optional<String> identityRegexp = Optional.empty();

  @Option(
      names = "--min-version",
      paramLabel = "X.Y.Z",
      description = "Refuse a version that is older than this.")
  Optional<String> minVersion = Optional.empty();

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** A version, alone or after the prefix of a tag. */
  ReleaseVersion version(String text) {
    String refusal =
        "'%s' is no version of a release: give X.Y.Z, alone or after mero-kms-v or mero-tee-v"
            .formatted(text);
    return ReleaseVersion.ofAnyTag(text).orElseThrow(() -> usage(refusal));
  }

  /** Everything that it takes to verify releases, whose files are where those options say. */
  ReleaseSession open(Console console, KeptFilesOptions files) throws FailureException {
    Map<String, String> environment = console.environment();
    return open(console, files.offline(), files.folder(environment));
  }

  /** The same for downloads into that folder. */
  ReleaseSession openInto(Path folder, Console console) throws FailureException {
    return open(console, Optional.empty(), Optional.of(folder));
  }

  private ReleaseSession open(Console console, Optional<Path> offline, Optional<Path> folder)
      throws FailureException {
    if (timeout < 1 || timeout > MAX_TIMEOUT) {
      throw usage("--timeout: 1 to %d seconds".formatted(MAX_TIMEOUT));
    }
    Map<String, String> environment = console.environment();
    return new ReleaseSession(
        new ReleaseSession.Settings(
            servers(environment),
            rekor(environment),
            offline.isPresent() ? HttpClient.Builder.NO_PROXY : proxies(environment),
            offline.map(ReleaseFolder::new),
            folder.map(ReleaseFolder::new),
            Duration.ofSeconds(timeout),
            rule(),
            minVersion.map(this::version)),
        trustedRoot.choose(console),
        new ReleaseProgress(console));
  }

  private SignerRule rule() {
    return new SignerRule(signers(), issuer, identityRegexp.map(this::pattern));
  }

  private ReleaseSigners signers() {
    String name = repository.orElse(ReleaseSigners.OFFICIAL.repository());
    if (!REPOSITORY.matcher(name).matches()) {
      throw usage("--repository: a repository on GitHub is OWNER/NAME");
    }
    return name.equals(ReleaseSigners.OFFICIAL.repository())
        ? ReleaseSigners.OFFICIAL
        : new ReleaseSigners(name, Optional.empty());
  }

  private Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw usage("--identity-regexp: " + e.getDescription());
    }
  }

  private List<ReleasesUrl> servers(Map<String, String> environment) {
    List<ReleasesUrl> servers = new ArrayList<>();
    servers.add(
        releasesUrl
            .map(url -> url("--releases-url", url))
            .or(() -> set(environment, "RELEASES_URL").map(url -> url("RELEASES_URL", url)))
            .orElseGet(() -> ReleasesUrl.ofRepository(signers().repository())));
    mirrors.forEach(url -> servers.add(url("--mirror", url)));
    for (String url : set(environment, "RELEASES_MIRRORS").orElse("").split(",", -1)) {
      if (!url.isBlank()) {
        servers.add(url("RELEASES_MIRRORS", url));
      }
    }
    return servers;
  }

  private URI rekor(Map<String, String> environment) {
    Optional<String> set = set(environment, "REKOR_URL");
    String text = rekorUrl.or(() -> set).orElse(RekorClient.PUBLIC.toString());
    // The same rules as for the address of releases.
    return URI.create(url(rekorUrl.isPresent() ? "--rekor-url" : "REKOR_URL", text).toString());
  }

  private ReleasesUrl url(String name, String text) {
    try {
      return ReleasesUrl.of(text);
    } catch (IllegalArgumentException e) {
      // Not repeated where it may hold a password.
      String which = text.contains("@") ? "what it says" : "'" + text + "'";
      throw usage("%s: %s cannot be used: %s".formatted(name, which, e.getMessage()));
    }
  }

  private EnvironmentProxies proxies(Map<String, String> environment) {
    try {
      return new EnvironmentProxies(environment);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
