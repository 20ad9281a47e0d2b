package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.source.Progress;
import network.calimero.tee.release.source.ReleaseFolder;
import network.calimero.tee.release.source.ReleasesUrl;
import network.calimero.tee.release.verify.ReleaseReport;
import network.calimero.tee.release.verify.Scope;
import network.calimero.tee.release.verify.SignerRule;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of releases, and what a later run makes of it. */
class ReleaseFilesTest {
  private static final String MANIFEST = "kms-phala-release-manifest.json";
  private static final String ARCHIVE = "mero-kms-phala_aarch64-unknown-linux-gnu.tar.gz";

  @TempDir Path directory;

  private final SimulatedRelease release = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Cli.Result offline(ServedRelease served, Path folder) {
    return Cli.run(
        "release", "verify", "2.3.40", "--offline", folder, "--trusted-root", served.root());
  }

  @Test
  void whatWasFetchedVerifiesWithoutANetwork() throws IOException {
    Path folder = directory.resolve("releases");
    // As the original published it: the log has to be asked about node images, and is kept.
    try (ServedRelease served = new ServedRelease(directory, release.withoutNodeBundles())) {
      Cli.Result fetched = served.run("fetch", "2.3.40", "--to", folder);
      assertThat(fetched.exit()).as(fetched.out()).isEqualTo(Exits.OK);
      assertThat(fetched.out()).contains(".sig and .pem with a looked-up log entry");
      served.server().close();
      Cli.Result verified = offline(served, folder);
      assertThat(verified.exit()).as(verified.out()).isEqualTo(Exits.OK);
      assertThat(verified.out()).contains("files from              the folder " + folder);
      assertThat(files(folder.resolve("log"))).hasSize(4);
    }
  }

  @Test
  void oneFolderWithAllFilesOfBothReleasesVerifiesToo() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("flat"));
    for (Map<String, byte[]> family : release.files().values()) {
      for (Map.Entry<String, byte[]> file : family.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
    try (ServedRelease served = new ServedRelease(directory, release)) {
      assertThat(offline(served, folder).exit()).isEqualTo(Exits.OK);
      assertThat(served.server().requests()).isEmpty();
      // Nobody is asked, so what proxy there would be does not matter.
      Map<String, String> proxy = Map.of("ALL_PROXY", "socks5://127.0.0.1:9");
      Object[] command = {
        "release", "verify", "2.3.40", "--offline", folder, "--trusted-root", served.root()
      };
      assertThat(Cli.runIn(proxy, command).exit()).isEqualTo(Exits.OK);
      Files.delete(folder.resolve("published-mrtds.json.bundle.json"));
      Cli.Result unknown = offline(served, folder);
      assertThat(unknown.exit()).isEqualTo(Exits.NO_VERDICT);
      assertThat(unknown.out()).contains("nobody is asked", "mero-tee release fetch");
    }
  }

  @Test
  void anInterruptedDownloadLeavesNothingHalfWrittenAndTheNextRunGoesOn() throws IOException {
    Path folder = directory.resolve("releases");
    try (ServedRelease served = new ServedRelease(directory, release)) {
      served.server().fault(ARCHIVE, new HttpFault.Truncate(10));
      Cli.Result broken = served.run("fetch", "2.3.40", "--to", folder);
      assertThat(broken.exit()).isEqualTo(Exits.NO_VERDICT);
      assertThat(broken.out()).contains("NO VERDICT", ARCHIVE, "What to do:");
      List<Path> kept = files(folder);
      assertThat(kept).isNotEmpty().allMatch(file -> file.toString().indexOf(".part") < 0);
      assertThat(kept).noneMatch(file -> file.endsWith(ARCHIVE));
      for (Path file : kept) {
        assertThat(Files.readAllBytes(file)).isEqualTo(release.file(file.getFileName().toString()));
      }
      served.server().clearFaults();
      int before = served.server().requests().size();
      assertThat(served.run("fetch", "2.3.40", "--to", folder).exit()).isEqualTo(Exits.OK);
      assertThat(served.server().requests().subList(before, served.server().requests().size()))
          .allMatch(
              request -> !Files.exists(folder) || !kept.contains(kept(folder, request.path())));
    }
  }

  private static Path kept(Path folder, String path) {
    String[] parts = path.split("/", -1);
    return folder.resolve(parts[parts.length - 2]).resolve(parts[parts.length - 1]);
  }

  @Test
  void whatIsKeptIsNotAskedForAgain() throws IOException {
    Path cache = directory.resolve("cache");
    try (ServedRelease served = new ServedRelease(directory, release)) {
      Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
      assertThat(served.runIn(environment, "verify", "2.3.40").exit()).isEqualTo(Exits.OK);
      assertThat(cache.resolve("mero-tee/releases/mero-kms-v2.3.40")).isDirectory();
      int before = served.server().requests().size();
      assertThat(served.runIn(environment, "verify", "2.3.40").exit()).isEqualTo(Exits.OK);
      assertThat(served.server().requests()).hasSize(before);
    }
  }

  @Test
  void whatIsKeptAndSpoiledIsDownloadedAgain() throws IOException {
    Path cache = directory.resolve("cache");
    try (ServedRelease served = new ServedRelease(directory, release)) {
      served.run("verify", "2.3.40", "--cache", cache);
      Files.write(cache.resolve("mero-tee-v2.3.40/published-mrtds.json"), "{}".getBytes(UTF_8));
      assertThat(served.run("verify", "2.3.40", "--cache", cache).exit()).isEqualTo(Exits.OK);
      assertThat(Files.readAllBytes(cache.resolve("mero-tee-v2.3.40/published-mrtds.json")))
          .isEqualTo(release.file("published-mrtds.json"));
    }
  }

  @Test
  void whatWasJustDownloadedIsNotDownloadedOnceMore() throws IOException {
    SimulatedRelease spoiled = release.change(MANIFEST, content -> new byte[0]);
    try (ServedRelease served = new ServedRelease(directory, spoiled)) {
      Path cache = directory.resolve("cache");
      assertThat(served.run("verify", "2.3.40", "--cache", cache).exit()).isEqualTo(Exits.REJECTED);
      assertThat(asked(served, MANIFEST)).isEqualTo(1);
      assertThat(served.run("verify", "2.3.40", "--cache", cache).exit()).isEqualTo(Exits.REJECTED);
      assertThat(asked(served, MANIFEST)).isEqualTo(2);
    }
  }

  @Test
  void whoWaitsForAMissingFileDoesNotDownloadTheOthersEachTime() throws Exception {
    try (ServedRelease served = new ServedRelease(directory, release.without(ARCHIVE))) {
      ReleaseSession session = session(served, directory.resolve("cache"));
      for (int attempt = 0; attempt < 4; attempt++) {
        ReleaseReport report =
            session.verify(ReleaseVersion.of("2.3.40").orElseThrow(), Scope.BOTH);
        assertThat(report.outcome()).isInstanceOf(ReleaseReport.Refused.class);
      }
      assertThat(asked(served, MANIFEST)).isEqualTo(1);
    }
  }

  private static long asked(ServedRelease served, String file) {
    return served.server().requests().stream()
        .filter(request -> request.path().endsWith("/" + file))
        .count();
  }

  private static ReleaseSession session(ServedRelease served, Path cache) throws Exception {
    Bytes root = Bytes.of(Files.readAllBytes(served.root()));
    return new ReleaseSession(
        new ReleaseSession.Settings(
            List.of(ReleasesUrl.of(served.server().releases().toString())),
            served.server().log(),
            ProxySelector.of(null),
            Optional.empty(),
            Optional.of(new ReleaseFolder(cache)),
            Duration.ofSeconds(30),
            SignerRule.OFFICIAL,
            Optional.empty()),
        new TrustedRootChoice(
            root, TrustedRoot.parse(root), TrustedRootChoice.Origin.GIVEN, Optional.empty()),
        Progress.NONE);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a folder");
    try (ServedRelease served = new ServedRelease(directory, release)) {
      Cli.Result result = served.run("verify", "2.3.40", "--cache", file, "--json");
      assertThat(result.exit()).isEqualTo(Exits.USAGE);
      assertThat(result.json().at("/failure/code").stringValue()).isEqualTo("release_unwritable");
      assertThat(result.json().at("/failure/reason").stringValue()).contains(file.toString());
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Cli.Result result =
        Cli.run("release", "verify", "2.3.40", "--offline", directory.resolve("no"));
    assertThat(result.exit()).isEqualTo(Exits.USAGE);
    assertThat(result.err()).contains("there is no such folder");
  }

  @Test
  void withoutACacheNothingIsKept() throws IOException {
    try (ServedRelease served = new ServedRelease(directory, release)) {
      Map<String, String> environment = Map.of("HOME", directory.toString());
      served.runIn(environment, "verify", "2.3.40", "--no-cache");
      assertThat(directory.resolve(".cache")).doesNotExist();
    }
  }
}
