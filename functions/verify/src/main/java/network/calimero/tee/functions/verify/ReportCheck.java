package network.calimero.tee.functions.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.verify.ita.Opinion;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.source.FetchedAsset;
import network.calimero.tee.release.source.ReleaseSource;
import network.calimero.tee.release.verify.DocumentVerifier;
import network.calimero.tee.release.verify.Signatures;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.ArtifactDigest;

/**
 * Makes the checks of {@code POST /api/verify} again with what a report holds, and with nothing
 * else: nobody is asked.
 */
public final class ReportCheck {
  /** More than the checks of any report take. */
  private static final Duration TIME = Duration.ofMinutes(5);

  private final DcapVerifier verifier;
  private final Signatures signatures;
  private final SignerRule signers;
  private final LongSupplier nanoTime;

  /**
   * Under those roots.
   *
   * @param verifier of quotes
   * @param signatures of the documents of releases
   * @param signers who has to have signed those
   * @param nanoTime goes forward only
   */
  public ReportCheck(
      DcapVerifier verifier, Signatures signatures, SignerRule signers, LongSupplier nanoTime) {
    this.verifier = verifier;
    this.signatures = signatures;
    this.signers = signers;
    this.nanoTime = nanoTime;
  }

  /**
   * What to hold a report to, in place of what it says itself.
   *
   * @param nonce that the quote must be for
   * @param releaseTag such as {@code mero-kms-v2.3.40} or {@code 2.3.40}
   * @param documents where documents of releases are taken from
   */
  public record Terms(
      Optional<Bytes> nonce, Optional<String> releaseTag, Optional<ReleaseSource> documents) {}

  /**
   * Checks.
   *
   * @param now the time that it is as of
   * @throws ApiException if it holds no evidence that could be checked, or a term is malformed
   */
  public Rechecked check(Report report, Terms terms, Instant now) throws ApiException {
    VerifyCall call = report.call(terms);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Verification verification =
          new Verification(call, report.attestation(), now, new Budget(TIME, nanoTime, executor));
      check(verification, report, terms.documents().orElseGet(() -> files(report)));
      return new Rechecked(verification, report);
    }
  }

  private void check(Verification verification, Report report, ReleaseSource source) {
    try {
      verification.freshness(verification.call().nonce(), false);
      verification.bindings();
    } catch (ApiException _) {
      return; // It is among the checks; what comes after it would be about other evidence.
    }
    verification.dcap(verdict(verification.attestation().quote(), report, verification.now()));
    verification.eventLog();
    DocumentVerifier documents = new DocumentVerifier(source, signatures, signers);
    verification.release(
        new ReleaseFinder(
            new Releases((version, asset, _) -> documents.verify(version, asset)),
            NewestReleases.none()));
    verification.authority(
        new Opinion.None("a report has no keys of the authority to verify its token with"));
  }

  private OwnVerdict verdict(Quote quote, Report report, Instant now) {
    Optional<Collateral> collateral = report.collateral();
    if (collateral.isEmpty()) {
      return new OwnVerdict.Unknown(CheckCode.NO_COLLATERAL.text(), "the report has no collateral");
    }
    try {
      return new OwnVerdict.Authentic(
          verifier.verify(quote, collateral.get(), now), collateral.get());
    } catch (VerificationException e) {
      return new OwnVerdict.Rejected(e, collateral);
    }
  }

  private static ReleaseSource files(Report report) {
    return (version, asset) ->
        Optional.ofNullable(report.files().get(asset.name()))
            .map(content -> fetched(asset, content));
  }

  private static FetchedAsset fetched(Asset asset, Bytes content) {
    return new FetchedAsset(
        asset, ArtifactDigest.of(content), content.length(), content, "the report");
  }
}
