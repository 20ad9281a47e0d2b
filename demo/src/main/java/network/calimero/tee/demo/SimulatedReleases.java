package network.calimero.tee.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;

/**
 * The releases that the machines of a pretend data centre are of: both families, signed an hour ago
 * under a trust root in Sigstore's place, on a server with the log of their signatures, and as
 * files.
 */
public final class SimulatedReleases implements AutoCloseable {
  /** The version of both releases. */
  public static final String VERSION = "2.3.74";

  /** The version before, of machines that are not there: to be compared with. */
  public static final String OLDER_VERSION = "2.3.73";

  private static final String PROFILE = "locked-read-only";
  private static final Duration AGE = Duration.ofHours(1);

  private final SimulatedSite site;
  private final SimulatedRelease release;
  private final ReleaseServer server;
  private final Path trustedRoot;
  private final Path folder;
  private int meddlings;

  private SimulatedReleases(
      SimulatedSite site,
      SimulatedRelease release,
      ReleaseServer server,
      Path trustedRoot,
      Path folder) {
    this.site = site;
    this.release = release;
    this.server = server;
    this.trustedRoot = trustedRoot;
    this.folder = folder;
  }

  /** Makes, signs and serves them; their files go when the site goes. */
  public static SimulatedReleases publish(SimulatedSite site) throws IOException {
    SimulatedSigstore sigstore = SimulatedSigstore.at(site.now());
    SimulatedRelease release =
        SimulatedRelease.builder(VERSION, ReleaseGeneration.B)
            .sigstore(sigstore)
            .madeAt(site.now().minus(AGE))
            .kms(PROFILE, site.kmsMachine())
            .composeHash(PROFILE, site.kmsComposeHash())
            .node(PROFILE, site.nodeMachine())
            .build();
    Path trustedRoot = site.file("simulated-trusted-root.json");
    Files.write(trustedRoot, sigstore.trustedRootJson());
    Path folder = site.file("releases");
    release.writeTo(folder);
    SimulatedRelease older =
        SimulatedRelease.builder(OLDER_VERSION, ReleaseGeneration.B)
            .sigstore(sigstore)
            .madeAt(site.now().minus(AGE.multipliedBy(2)))
            .build();
    return new SimulatedReleases(
        site, release, ReleaseServer.start().serve(older).serve(release), trustedRoot, folder);
  }

  /** What a verifier has to believe here in place of Sigstore's, as a file of its form. */
  public Path trustedRoot() {
    return trustedRoot;
  }

  /** Where releases are downloaded from. */
  public URI url() {
    return server.releases();
  }

  /** Where the log of signatures is asked. */
  public URI log() {
    return server.log();
  }

  /** A folder with all files, each family in one named by its tag. */
  public Path folder() {
    return folder;
  }

  /** A folder like {@link #folder()}, after somebody meddled with the releases in it. */
  Path meddledWith(UnaryOperator<SimulatedRelease> meddling) throws IOException {
    Path meddled = site.file("meddled-releases-" + ++meddlings);
    meddling.apply(release).writeTo(meddled);
    return meddled;
  }

  /**
   * The environment of a KMS that takes its policy from the release instead of from the
   * environment: the site's, without the variables of the latter.
   */
  public Map<String, String> kmsEnvironment(SimulatedSite site) {
    Map<String, String> environment = new LinkedHashMap<>(site.kmsEnvironment());
    environment.keySet().removeIf(name -> name.startsWith("ALLOWED_"));
    environment.remove("USE_ENV_POLICY");
    environment.put("MERO_KMS_VERSION", VERSION);
    environment.put("RELEASES_URL", url().toString());
    return environment;
  }

  @Override
  public void close() {
    server.close();
  }
}
