package network.calimero.tee.demo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;

/** What to run before trusting a version, with what the commands really print. */
final class ReleasesDocument {
  private static final String POLICY = "kms-phala-attestation-policy.locked-read-only.json";

  private static final String INTRODUCTION =
      """
      # Releases

      {generated}
      Which machines get keys, and which KMS a node asks, is decided by files of two releases of one version: `mero-kms-vX.Y.Z` and `mero-tee-vX.Y.Z`. This page is what an operator runs before trusting a version. Everything printed here was printed by these commands, for releases that the simulator signed under a root of its own; for real releases leave out `--trusted-root`, and the line about it is gone. `mero-tee release COMMAND --help` has all options; what `--json` prints is described by [schemas](policies.md#json-schemas).

      ## verify

      Every file of both releases must be there and be signed by the workflow that releases it; then the documents must agree with the files and with each other. Nothing of a document is used before its signature holds. The first thing that does not hold is told, with what to do; [errors.md](errors.md) has all codes. Exit codes: 0 genuine, 1 refused, 2 wrong usage or an unusable folder, 4 nothing is known because something could not be had.

      """;

  private static final String REFUSED =
      """

      A policy that was changed after it was signed, and one that another workflow signed:

      """;

  private static final String CHECKED =
      """

      ### What is checked

      The generation of a release is told by what it contains: assets named `kms-phala-…` are of A or B, `kms-…` of C; B are those whose policies name compose hashes.

      | what | A | B | C |
      | --- | --- | --- | --- |
      | every expected file, each with `.sig` and `.pem` | yes; what nothing relies on (index, trust bundle) may be missing, and where manifest and containers say nothing of profiles, their policies and the map: then `skipped` | the same | all |
      | signature of every file: exact workflow, repository and its number, branch, trigger, issuer | yes | yes | yes |
      | `.sig`, `.pem` and bundle are one signature; without a bundle the log is asked, and its answer verified | yes | yes | yes |
      | checksums of archives; manifest and checksums agree; no archive only in one of them | yes | yes | yes |
      | documents have their schema and are of this version; one commit | yes | yes | yes |
      | container digests of manifest and metadata agree, and differ between profiles | yes | yes | images by name |
      | policies: role, profile, provider, no empty list | yes | yes | yes; also `uptodate`, the fixed binding, the place in the configuration, no compose hashes |
      | no RTMR3 value is shared by KMS and nodes | yes | yes | nor RTMR2 |
      | no two profiles have the same KMS measurements | yes | yes | yes |
      | compose hashes, one of each profile's own | if any | yes | must not be there |
      | map: tags, profiles, images | yes | yes | yes; also the policies' digests |
      | un-profiled policy is that of locked-read-only; digests in map and index; copies in the trust bundle | `noted` if not | `noted` | yes |
      | node images: checksums, verified MRTD is the published one | yes | yes | yes |

      `noted` is what releases of that generation do not promise: worth knowing, and no reason to refuse. Files that some releases have beyond these (`kms-tdx-attestation-policy.PROFILE.json`, `kms-agent-attestation-policy.PROFILE.json`) are not looked at, and nothing here uses them.

      ### Whose signature

      The workflows are those of `calimero-network/mero-tee`, number 1171521817. `--repository OWNER/NAME` takes the same workflows of another repository, whose number is then not compared. `--identity-regexp` accepts whoever's identity matches and compares no other claim; the output then begins its notes with `WEAKER`. `--issuer` names another issuer of identities. `--trusted-root FILE` believes another infrastructure than Sigstore's; the first line then says so. `--min-version X.Y.Z` refuses what is older before anybody is asked.

      ### Where files come from

      | option | variable | |
      | --- | --- | --- |
      | `--releases-url URL` | `RELEASES_URL` | in place of GitHub: files are at `URL/download/TAG/FILE` |
      | `--mirror URL` | `RELEASES_MIRRORS` | asked where those before it fail or lack a file; several |
      | `--rekor-url URL` | `REKOR_URL` | the transparency log; `https://rekor.sigstore.dev` by default |
      | `--cache DIR`, `--no-cache` | `XDG_CACHE_HOME`, `HOME` | what is complete is kept and not asked for again; `~/.cache/mero-tee/releases` by default |
      | `--offline DIR` | | all files from a folder, nobody is asked |
      | `--timeout SECONDS` | | one file, 60 by default; archives and SBOMs ten times that |
      | | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` | each in small letters too, which come first; http proxies without user and password, with port 80 unless said; not looked at with `--offline` |

      None of these is believed: whoever answers, it is the signatures that count. Redirects are followed to where a server keeps its own files only (GitHub's storage for GitHub), never from https to http. Up to 16 files are fetched at a time. A file that is larger than any such file is given up. A file appears in a folder only when it is complete, so an interrupted run leaves nothing half-written and the next one goes on. What was kept from before and does not verify is downloaded once more before a release is refused.

      """;

  private static final String FETCH =
      """
      ## fetch

      Downloads both releases into a folder, verifies them, and keeps what the transparency log answers about files without a bundle (node images before 2.3.73). On a machine without a network, `--offline` with that folder verifies everything again.

      """;

  private static final String OFFLINE =
      """

      """;

  private static final String SHOW =
      """

      ## show

      Verifies, then shows what the version allows.

      """;

  private static final String DIFF =
      """

      ## diff

      Verifies two versions, then compares what they allow, register by register. `--exit-code` ends in 1 if anything changes.

      """;

  private static final String SCRIPT =
      """

      ## scripts/release/verify-release-assets.sh

      For whoever's tools know it: `scripts/release/verify-release-assets.sh X.Y.Z` prints the lines it always printed, refusals too on standard output, and ends in 1 on all of them. It is `release verify --lines` and needs neither `gh` nor `jq`, `cosign` or Python, nor a token. The repository is `COSIGN_REPOSITORY`, else `GITHUB_REPOSITORY`, else the remote `origin` of the folder it runs in, else `calimero-network/mero-tee`; `COSIGN_CERTIFICATE_IDENTITY_REGEXP` and `COSIGN_CERTIFICATE_OIDC_ISSUER` are `--identity-regexp` and `--issuer`. For files that are not there yet it waits up to 54 s (`RELEASE_WAIT_SECONDS`; `--wait` of the command). It leaves no file.

      """;

  private ReleasesDocument() {}

  static String text() {
    SimulatedSigstore sigstore =
        SimulatedSigstore.of(Seed.of("docs/releases.md"), Instant.parse("2026-09-26T13:56:56Z"));
    SimulatedRelease release = release("2.3.40", sigstore);
    try (Session session = new Session();
        ReleaseServer server =
            ReleaseServer.start()
                .serve(release.withoutNodeBundles())
                .serve(release("2.3.41", sigstore))) {
      Files.write(session.path("root.json"), sigstore.trustedRootJson());
      release.writeTo(session.path("releases"));
      release("2.3.41", sigstore).writeTo(session.path("releases"));
      release.change(POLICY, ReleasesDocument::longer).writeTo(session.path("changed"));
      release
          .signedBy(POLICY, who -> who.withWorkflow("build.yaml", "Build"))
          .writeTo(session.path("foreign"));
      return String.join(
          "",
          INTRODUCTION.replace("{generated}", Markdown.GENERATED),
          session.run(offline("verify 2.3.40", "releases")),
          REFUSED,
          beginning(session.run(offline("verify 2.3.40", "changed"))),
          beginning(session.run(offline("verify 2.3.40", "foreign"))),
          CHECKED,
          FETCH,
          fetched(session, server),
          OFFLINE,
          beginning(session.run(offline("verify 2.3.40", "fetched"))),
          SHOW,
          session.run(offline("show 2.3.40", "releases")),
          DIFF,
          session.run(offline("diff 2.3.40 2.3.41", "releases")),
          SCRIPT,
          session.run(offline("verify 2.3.40 --lines", "releases")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SimulatedRelease release(String version, SimulatedSigstore sigstore) {
    return SimulatedRelease.builder(version, ReleaseGeneration.A).sigstore(sigstore).build();
  }

  private static byte[] longer(byte[] policy) {
    return (new String(policy, UTF_8) + "\n").getBytes(UTF_8);
  }

  private static String offline(String command, String folder) {
    return "release %s --offline %s --trusted-root root.json".formatted(command, folder);
  }

  /** Without the checks that hold: they are shown above. */
  private static String beginning(String output) {
    return output
        .lines()
        .filter(line -> !line.startsWith("  passed  ") && !line.startsWith("  skipped "))
        .collect(Collectors.joining("\n", "", "\n"))
        .replace("Checks\n", "Checks\n  …\n");
  }

  /** Files come in as they come in. */
  private static String fetched(Session session, ReleaseServer server) throws IOException {
    Files.createDirectories(session.path("fetched"));
    List<String> lines =
        session
            .run(
                "release fetch 2.3.40 --to fetched --trusted-root root.json --releases-url %s --rekor-url %s"
                    .formatted(server.releases(), server.log()))
            .replace(server.log().toString(), "https://mirror.example.org")
            .lines()
            .toList();
    Stream<String> sorted =
        Stream.concat(
            lines.stream().limit(2),
            Stream.concat(
                lines.stream().skip(2).filter(line -> line.startsWith("downloaded")).sorted(),
                lines.stream().skip(2).filter(line -> !line.startsWith("downloaded"))));
    return beginning(sorted.collect(Collectors.joining("\n")));
  }
}
