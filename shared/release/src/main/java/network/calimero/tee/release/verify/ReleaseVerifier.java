package network.calimero.tee.release.verify;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.source.SourceException;

/**
 * Verifies releases (policy-and-releases.md, "What verifying a release means"). Nothing of a
 * document is used before its signature holds. Safe for several threads.
 */
public final class ReleaseVerifier {
  private final ReleaseSource source;
  private final Signatures signatures;
  private final SignerRule rule;
  private final Optional<ReleaseVersion> minimum;

  /**
   * Verifies what comes from there.
   *
   * @param rule by whom it must be signed
   * @param minimum the oldest version that is accepted, if there is one
   */
  public ReleaseVerifier(
      ReleaseSource source,
      Signatures signatures,
      SignerRule rule,
      Optional<ReleaseVersion> minimum) {
    this.source = source;
    this.signatures = signatures;
    this.rule = rule;
    this.minimum = minimum;
  }

  /** Verifies a version; ends at the first check that does not hold. */
  public ReleaseReport verify(ReleaseVersion version, Scope scope) {
    CheckList checks = new CheckList();
    ReleaseReport.Outcome outcome = outcome(version, scope, checks);
    return new ReleaseReport(
        version, rule.workflows().repository(), scope.families(), checks.all(), outcome);
  }

  private ReleaseReport.Outcome outcome(ReleaseVersion version, Scope scope, CheckList checks) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      requireNotOlder(version, checks);
      Fetching fetching = new Fetching(source, version, executor);
      SignatureChecks signed = new SignatureChecks(signatures, rule, executor, checks);
      return new ReleaseReport.Genuine(
          new Verification(version, fetching, signed, checks, executor).of(scope));
    } catch (RefusedException e) {
      return new ReleaseReport.Refused(e.refusal());
    } catch (SourceException e) {
      return e.code().isRefusal()
          ? new ReleaseReport.Refused(Refusal.of(version, e))
          : new ReleaseReport.Unknown(e);
    }
  }

  private void requireNotOlder(ReleaseVersion version, CheckList checks) throws RefusedException {
    if (minimum.isPresent()) {
      checks.require(
          version.compareTo(minimum.get()) >= 0,
          "minimum version",
          "compared",
          Refusal.of(
              ReleaseCode.VERSION_BELOW_MINIMUM,
              version.toString(),
              "it is older than the minimum",
              version.toString(),
              minimum.get() + " or newer"));
      checks.passed(version.toString(), "minimum version", "compared", minimum.get().toString());
    }
  }
}
