package network.calimero.tee.release.verify;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.RekorClient;
import network.calimero.tee.release.source.ReleaseDownloads;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;

/** Verifies what a server has, under the root of a simulated Sigstore, over real sockets. */
final class Simulated {
  private Simulated() {}

  static ReleaseReport verify(ReleaseServer server, SimulatedSigstore sigstore, String version)
      throws MalformedException {
    return verify(server, sigstore, version, Scope.BOTH, Optional.empty(), Duration.ofSeconds(30));
  }

  static ReleaseReport verifyKms(ReleaseServer server, SimulatedSigstore sigstore, String version)
      throws MalformedException {
    return verify(server, sigstore, version, Scope.KMS, Optional.empty(), Duration.ofSeconds(30));
  }

  static ReleaseReport verify(
      ReleaseServer server,
      SimulatedSigstore sigstore,
      String version,
      Scope scope,
      Optional<ReleaseVersion> minimum,
      Duration perFile)
      throws MalformedException {
    SignatureVerifier verifier =
        new SignatureVerifier(TrustedRoot.parse(Bytes.of(sigstore.trustedRootJson())));
    ProxySelector direct = ProxySelector.of(null);
    URI log = server.log();
    try (ReleaseDownloads downloads =
            new ReleaseDownloads(
                new ReleaseDownloads.Settings(
                    List.of(ReleasesUrl.of(server.releases().toString())),
                    Optional.empty(),
                    true,
                    direct,
                    perFile,
                    Progress.NONE));
        RekorClient rekor = new RekorClient(log, Optional.empty(), direct, perFile)) {
      return new ReleaseVerifier(
              downloads,
              new Signatures(RecognizedBundles.olderOnly(verifier), verifier, rekor),
              SignerRule.OFFICIAL,
              minimum)
          .verify(ReleaseVersion.of(version).orElseThrow(), scope);
    }
  }
}
