package network.calimero.tee.kms.server.policy;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyRefusedException;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.policy.ReleasedPolicy;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.kms.policy.SignatureFiles;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Loads the policy of a release in the background, and tries again with growing pauses until there
 * is one (kms-config.md, "Policy loading from a release"). What is loaded stays: nothing is fetched
 * any more. Every attempt is one event in the log.
 */
public final class PolicyLoader implements AutoCloseable {
  private static final String NOT_SIGNED =
      "none: whoever answers at RELEASES_URL decides who gets keys; an image that pins a production"
          + " profile would not take it";

  private final ReleasedPolicy policy;
  private final Profile profile;
  private final URI releases;
  private final ReleaseDownload download;
  private final Backoff backoff;
  private final Scheduler scheduler;
  private final EventLog log;
  private int attempts; // of the scheduler's one thread

  PolicyLoader(
      RequiredRelease required,
      PolicySignature signature,
      URI releases,
      ReleaseDownload download,
      Backoff backoff,
      Scheduler scheduler,
      EventLog log) {
    this.policy = new ReleasedPolicy(required, signature);
    this.profile = required.profile();
    this.releases = releases;
    this.download = download;
    this.backoff = backoff;
    this.scheduler = scheduler;
    this.log = log;
  }

  /**
   * Makes one that has not begun; contacts nobody.
   *
   * @param releases {@code RELEASES_URL}: https or http with a host, without query, fragment and
   *     slash at its end; files are below it at {@code /download/TAG/FILE}
   * @param random for the pauses between attempts
   */
  public static PolicyLoader of(
      RequiredRelease required,
      PolicySignature signature,
      URI releases,
      RandomGenerator random,
      EventLog log) {
    return new PolicyLoader(
        required,
        signature,
        releases,
        new ReleaseDownload(ReleaseDownload.LIMITS),
        Backoff.usual(random),
        new BackgroundThread("policy-loader"),
        log);
  }

  /** The policy, as far as it is loaded. */
  public CurrentPolicy policy() {
    return policy;
  }

  /** Begins to load; to be called once. Does nothing but say so if no release is named. */
  public void start() {
    if (policy.wanted().isPresent()) {
      ReleaseVersion version = policy.wanted().get();
      scheduler.after(Duration.ZERO, () -> attempt(version));
    } else if (policy.current() instanceof PolicyState.NotReady(String reason)) {
      log.tell(LogEvent.of(Level.ERROR, "policy.not_loadable").with("details", reason));
    }
  }

  private void attempt(ReleaseVersion version) {
    attempts++;
    PolicyState state;
    try {
      state = load(version);
    } catch (RuntimeException | Error e) { // else nobody would try again, or know
      log.tell(LogEvent.of(Level.ERROR, "policy.attempt_broken").causedBy(e));
      state = policy.failed("this is a fault of the KMS; its log has the cause");
    }
    switch (state) {
      case PolicyState.Ready ready -> tellLoaded(version, ready);
      case PolicyState.NotReady(String reason) -> tryAgain(version, reason);
    }
  }

  /**
   * The first file that is there decides, with what lies beside it; another one is asked for only
   * if it is not.
   */
  private PolicyState load(ReleaseVersion version) {
    List<String> tried = new ArrayList<>();
    for (PolicyAsset asset : PolicyAsset.candidates(version, profile)) {
      try {
        Optional<Bytes> document = find(version, asset.name(), tried);
        if (document.isPresent()) {
          SignatureFiles files =
              new SignatureFiles(
                  find(version, asset.name() + SignatureFiles.SIG, tried),
                  find(version, asset.name() + SignatureFiles.BUNDLE, tried));
          return policy.offer(asset, document.get(), files);
        }
      } catch (PolicyRefusedException e) {
        tried.add(asset.name() + ": " + e.reason());
        break;
      } catch (DownloadException e) {
        tried.add(e.reason());
        break;
      }
    }
    return policy.failed(String.join("; ", tried));
  }

  /**
   * A file of the release; empty if it has none of that name, which is then noted.
   *
   * @throws DownloadException if nobody can tell
   */
  private Optional<Bytes> find(ReleaseVersion version, String name, List<String> tried)
      throws DownloadException {
    try {
      return Optional.of(
          download.get(URI.create(releases + "/download/" + version.kmsTag() + "/" + name)));
    } catch (DownloadException e) {
      String what = name + " at " + e.reason();
      if (!e.absent()) {
        throw new DownloadException(what, false);
      }
      tried.add(what);
      return Optional.empty();
    }
  }

  private void tryAgain(ReleaseVersion version, String reason) {
    Duration pause = backoff.after(attempts);
    log.tell(
        LogEvent.of(Level.WARNING, "policy.attempt_failed")
            .with("release", version.toString())
            .with("attempt", attempts)
            .with("details", reason)
            .with("tryAgainInMillis", pause.toMillis()));
    scheduler.after(pause, () -> attempt(version));
  }

  private void tellLoaded(ReleaseVersion version, PolicyState.Ready ready) {
    PolicyState.Release release = ready.release().orElseThrow();
    LogEvent loaded =
        LogEvent.of(release.signer().isPresent() ? Level.INFO : Level.WARNING, "policy.loaded")
            .with("release", version.toString())
            .with("attempt", attempts)
            .with("tag", version.kmsTag())
            .with("file", release.file())
            .with("sha256", ready.digest());
    log.tell(
        release
            .signer()
            .map(signer ->
                loaded.with("signer", signer.signer()).with("logIndex", signer.logIndex()))
            .orElseGet(() -> loaded.with("signature", NOT_SIGNED)));
  }

  /** Ends what is being tried; the policy stays as it is. */
  @Override
  public void close() {
    scheduler.close();
    download.close();
  }
}
