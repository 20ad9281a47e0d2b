package network.calimero.tee.demo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import network.calimero.tee.release.Schemas;
import network.calimero.tee.release.policy.LintCode;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reviewing policies and configuring nodes by them, with what the commands really print. */
final class PoliciesDocument {
  private static final String POLICY = "kms-phala-attestation-policy.locked-read-only.json";

  private static final String RELEASE =
      "--offline releases --trusted-root trusted_root.json 2.3.40 https://kms.example.org";

  private static final String INTRODUCTION =
      """
      # Policies

      {generated}
      A policy says which machines are let in. This page shows the commands that review policies, propose them, and configure nodes by them; everything printed here was printed by them, for releases and machines of the simulator. `mero-tee policy COMMAND --help` has all options.

      The commands `lint`, `explain` and `diff` take files or folders with the files of a release, read every form that policies have had (also the indexes and catalogues that lead to them), contact nobody, and look at no signature: whether a policy is genuine, `mero-tee policy verify` and `mero-tee release verify` say.

      """;

  private static final String LINT =
      """
      ## lint

      Names what is weak, how much it matters and what to do. Documents of one release that are given together are also held against each other. It ends in 1 from `--fail-on` on (`error`, `warning`, `note`; by default `error`; `never` for none), so it can stand in a pipeline.

      """;

  private static final String FINDINGS =
      """

      An `error` lets in somebody who should not be, or nobody, or cannot be used as it is; a `warning` is weaker than it needs to be; a `note` is worth knowing. `compose_hash_missing` is an error from release 2.3.73 on, `rtmr2_shared` a warning before generation C.

      """;

  private static final String EXPLAIN =
      """

      ## explain

      Says in words whom a policy lets in, what anyone could do within it, and what nobody looks at.

      """;

  private static final String DIFF =
      """

      ## diff

      Compares two documents or two releases, list by list. `--exit-code` ends in 1 if anything changes.

      """;

  private static final String CANDIDATES =
      """

      ## candidates

      Makes a proposal from running machines: the registers come from their quotes, which are verified first, never from what somebody claims of them; the TCB statuses are declared by you. A KMS's compose hash is taken from its event log if the quote proves that. A candidate says of itself that it is one, so nothing loads it. Statuses that the platform has and you did not declare are a warning; `--require-observed-allowed` makes them a refusal (exit 3). What the review should look at first is told on standard error.

      """;

  private static final String GENERATE =
      """

      ## generate

      Verifies the KMS family of a release as `mero-tee release verify` does, and writes what its policy means to merod: which KMS to ask, and what it must be. The same release, profile and URL give the same text; every value comes from the signed policy but the URL, which must be https, or http to a loopback address. A file is written whole or not at all. From generation B on `allowed_compose_hashes` is there too; from C on the sections are `[tee.kms]` and `[tee.kms.attestation]`.

      """;

  private static final String EXPLAINED =
      """

      With `--explain`, which file of which digest each value comes from; with `--json` the same as an object.

      """;

  private static final String APPLY =
      """

      ## apply

      Sets the same values by running `merod config` once for each. Doing it again changes nothing. Where merod fails it stops and says which values are set and which are not; running it again goes on. `--dry-run` prints what would run, for a shell.

      """;

  private static final String SEEDS =
      """

      `scripts/policy/generate-merod-kms-phala-attestation-config.sh` and `scripts/policy/apply-merod-kms-phala-attestation-config.sh` are these two commands under the names, arguments and output of the original repository: refusals go to standard output, and they end in 0 or 1. Its variables that they read are those in `scripts/original.sh`; they need no `gh`, `jq`, `cosign` or Python.
      """;

  private static final String SCHEMAS =
      """

      ## JSON Schemas

      Of every document of a release, of the registry before them, and of what these commands print with `--json`; draft 2020-12.

      """;

  private PoliciesDocument() {}

  static String text() {
    try (Session session = new Session()) {
      prepare(session);
      return String.join(
          "",
          INTRODUCTION.replace("{generated}", Markdown.GENERATED),
          LINT,
          session.run("policy lint weak.json --fail-on warning"),
          FINDINGS,
          findings(),
          EXPLAIN,
          session.run("policy explain before/" + POLICY),
          DIFF,
          session.run("policy diff before/" + POLICY + " after/" + POLICY),
          CANDIDATES,
          session
              .run(
                  "policy candidates --release 2.3.74 --kms attest.json --nonce "
                      + "07".repeat(32)
                      + " --collateral collateral.json --root root.pem")
              .replaceAll("(\"quote_sha256\" : )\"[0-9a-f]{64}\"", "$1\"…\""),
          GENERATE,
          session.run("policy generate " + RELEASE),
          EXPLAINED,
          session.run("policy generate --explain " + RELEASE),
          APPLY,
          session.run("policy apply --dry-run " + RELEASE + " /data"),
          SEEDS,
          SCHEMAS,
          schemas());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(Session session) throws IOException {
    write(session, "before", SimulatedRelease.of("2.3.73", ReleaseGeneration.B));
    write(session, "after", SimulatedRelease.of("2.3.74", ReleaseGeneration.B));
    SimulatedRelease weak =
        SimulatedRelease.builder("2.3.51", ReleaseGeneration.A).tcbStatuses("outofdate").build();
    Files.write(session.path("weak.json"), weak.file(POLICY));
    SimulatedRelease signed = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
    signed.writeTo(session.path("releases"));
    Files.write(session.path("trusted_root.json"), signed.sigstore().trustedRootJson());
    Files.writeString(session.path("bin/merod"), "");
    session.path("bin/merod").toFile().setExecutable(true);
    SimulatedPlatform platform = SimulatedPlatform.builder(Session.NOW).build();
    Files.writeString(session.path("collateral.json"), platform.collateral().json());
    Files.writeString(session.path("root.pem"), platform.pki().root().pem());
    Files.write(
        session.path("attest.json"),
        answer(DstackApp.named("kms").launch(platform, TdImage.named("kms"))));
  }

  private static void write(Session session, String folder, SimulatedRelease release)
      throws IOException {
    Files.write(session.path(folder + "/" + POLICY), release.file(POLICY));
  }

  private static byte[] answer(SimulatedTdxMachine machine) {
    byte[] reportData = new byte[64];
    Arrays.fill(reportData, 0, 32, (byte) 7);
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer
        .put("quoteB64", Base64.getEncoder().encodeToString(machine.quote(reportData)))
        .put("reportDataHex", HexFormat.of().formatHex(reportData));
    answer.set("eventLog", EventLogDocument.of(machine));
    return answer.toString().getBytes(UTF_8);
  }

  private static String findings() {
    return Markdown.table(
        Markdown.row("code", "severity", "what it is", "what to do"),
        Arrays.stream(LintCode.values())
            .map(code ->
                Markdown.row(
                    Markdown.code(code.text()),
                    code.severity().text(),
                    code.meaning(),
                    code.advice()))
            .toList());
  }

  private static String schemas() {
    return Schemas.names().stream()
        .map(name -> "- [%s](schemas/%s)".formatted(name, Schemas.file(name)))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
