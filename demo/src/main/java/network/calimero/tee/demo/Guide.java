package network.calimero.tee.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;

/** What to do with a demonstration that stays up. */
final class Guide {
  private Guide() {}

  static String text(
      SimulatedSite site, SimulatedReleases releases, URI kmsUrl, Path kmsLog, Path addresses) {
    return """

    Running until Ctrl-C.

      KMS                  %1$s
      PCS                  %2$s
      agent of the KMS     %3$s
      agent of the nodes   %4$s
      root certificate     %5$s
      log of the KMS       %6$s
      releases %10$-11s %9$s
      their trusted root   %11$s
      merod's configuration %12$s
      all of these         %7$s

    Try, in another terminal:

      curl %1$s/health
      curl %1$s/ready
      scripts/mero-tee kms attest %1$s --pccs %2$s \\
          --root %5$s \\
          --expect-mrtd %8$s
      scripts/mero-tee kms get-key %1$s --pccs %2$s \\
          --root %5$s \\
          --dstack %4$s --identity node.key --create-identity \\
          --expect-mrtd %8$s

      scripts/mero-tee release verify %10$s --releases-url %9$s \\
          --trusted-root %11$s

    docs/play-the-node.md shows how to be a node in any language.
    """
        .formatted(
            kmsUrl,
            site.pcsUrl(),
            site.kmsSocket(),
            site.nodeSocket(),
            site.root(),
            kmsLog,
            addresses,
            mrtd(site).hex(),
            releases.url(),
            SimulatedReleases.VERSION,
            releases.trustedRoot(),
            site.merodConfig());
  }

  /** The same of the functions. */
  static String functions(SimulatedFunctions functions, URI kmsUrl, boolean page) {
    return """
      The functions      %1$s
      their API          %1$s/api/openapi.json
      a node             %2$s
    %4$s
    Try:

      curl -d '{"kms_url":"%3$s"}' -H 'Content-Type: application/json' %1$s/api/verify
      curl -d '{"node_url":"%2$s"}' -H 'Content-Type: application/json' %1$s/api/verify
      curl '%1$s/api/policy?tag=mero-kms-v%5$s&profile=locked-read-only'

    docs/functions.md has every call.
    """
        .formatted(
            functions.url(),
            functions.nodeUrl(),
            kmsUrl,
            page ? pages(functions, kmsUrl) : "",
            SimulatedReleases.VERSION);
  }

  private static String pages(SimulatedFunctions functions, URI kmsUrl) {
    return """
      the verifier page  %1$s/
      it checks the KMS  %1$s/kms?kms_url=%2$s
    """
        .formatted(functions.url(), kmsUrl);
  }

  private static Measurement mrtd(SimulatedSite site) {
    return Objects.requireNonNull(site.kmsMeasurements().get(Register.MRTD));
  }
}
