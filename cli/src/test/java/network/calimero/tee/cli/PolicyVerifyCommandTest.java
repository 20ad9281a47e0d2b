package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.RekorApi;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PolicyVerifyCommandTest {
  private static final WorkflowIdentity KMS = WorkflowIdentity.kms(false);
  private static final String REAL =
      "mero-tee/signed-policy/kms-phala-attestation-policy.locked-read-only.json";

  @TempDir Path directory;
  private final SimulatedSigstore service = SimulatedSigstore.at(Cli.NOW);
  private Path policy;
  private Path root;
  private byte[] document;

  @BeforeEach
  void publish() throws IOException {
    document =
        SimulatedRelease.of("2.3.71", ReleaseGeneration.A)
            .file("kms-phala-attestation-policy.debug.json");
    policy = Files.write(directory.resolve("policy.json"), document);
    root = Files.write(directory.resolve("root.json"), service.trustedRootJson());
  }

  private SignedArtifact sign(WorkflowIdentity identity) {
    return service.sign(document, identity, Cli.NOW);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private Cli.Result verify(Object... more) {
    List<Object> args = new ArrayList<>(List.of("policy", "verify", policy));
    args.addAll(List.of("--trusted-root", root));
    args.addAll(List.of(more));
    return Cli.run(args.toArray());
  }

  @Test
  void saysWhoSignedAndWhenByTheBundleBesideIt() throws IOException {
    SignedArtifact signed = sign(KMS);
    file("policy.json.bundle.json", signed.cosignBundle());
    Cli.Result result = verify();
    assertThat(result.exit()).as(result.err()).isEqualTo(Exits.OK);
    assertThat(result.firstLine())
        .isEqualTo("SIGNED by %s under a trusted root that is NOT Sigstore's".formatted(KMS.uri()));
    assertThat(result.out())
        .contains(signed.integratedTime().toString(), String.valueOf(signed.logIndex()))
        .contains("cosign bundle", KMS.commit(), "number 1171521817", "2.3.71, debug")
        .contains("as given (" + root + ")");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsBothFormsOfBundlesAndBothGenerationsOfWorkflows(boolean cluster) throws IOException {
    WorkflowIdentity who = WorkflowIdentity.kms(cluster);
    SignedArtifact signed = sign(who);
    Path older = file("older.json", signed.cosignBundle());
    Path todays = file("todays.json", signed.bundle());
    JsonNode first = verify("--bundle", older, "--json").json();
    JsonNode second = verify("--bundle", todays, "--json").json();
    for (JsonNode json : List.of(first, second)) {
      assertThat(json.path("verified").booleanValue(false)).isTrue();
      assertThat(json.at("/signer/identity").stringValue()).isEqualTo(who.uri());
      assertThat(json.at("/signer/logIndex").longValue()).isEqualTo(signed.logIndex());
      assertThat(json.at("/signer/signedAt").stringValue())
          .isEqualTo(signed.integratedTime().toString());
      assertThat(json.at("/policy/tag").stringValue()).isEqualTo("2.3.71");
      assertThat(json.at("/trustedRoot/origin").stringValue()).isEqualTo("given");
      assertThat(json.path("failure").isNull()).isTrue();
    }
    assertThat(first.at("/signer/form").stringValue()).isEqualTo("cosign_bundle");
    assertThat(second.at("/signer/form").stringValue()).isEqualTo("todays_bundle");
  }

  @Test
  void readsSignatureAndCertificateWithTheLogsAnswer() throws IOException {
    SignedArtifact signed = sign(KMS);
    Path sig = file("policy.json.sig", signed.sig());
    Path pem = file("policy.json.pem", signed.pemInBase64());
    Path answer = file("answer.json", answer(signed.logIndex()));
    Cli.Result result = verify("--sig", sig, "--pem", pem, "--rekor-entry", answer);
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(Exits.OK);
    assertThat(result.out()).contains(String.valueOf(signed.logIndex()), ".sig and .pem");
    Path other = file("other.json", answer(sign(KMS).logIndex()));
    Cli.Result refused = verify("--sig", sig, "--pem", pem, "--rekor-entry", other);
    assertThat(refused.exit()).isEqualTo(Exits.REJECTED);
    assertThat(refused.firstLine()).startsWith("REFUSED: the log's answer has no entry");
    Matcher named = Pattern.compile("(/api/v1/log/entries)/([0-9a-f]{64})").matcher(refused.out());
    assertThat(named.find()).as(refused.out()).isTrue();
    Path asNamed = file("named.json", answer(named.group(), Map.of()));
    assertThat(verify("--sig", sig, "--pem", pem, "--rekor-entry", asNamed).exit())
        .isEqualTo(Exits.OK);
  }

  private byte[] answer(long logIndex) {
    return answer("/api/v1/log/entries", Map.of("logIndex", Long.toString(logIndex)));
  }

  private byte[] answer(String path, Map<String, String> query) {
    HttpCall call = new HttpCall("GET", path, query, Map.of(), "");
    RekorApi log = new RekorApi();
    log.add(service);
    return log.answer(call).orElseThrow().body();
  }

  @Test
  void comparesTheSignatureFileWithTheBundleAsNodesDo() throws IOException {
    SignedArtifact signed = sign(KMS);
    Path bundle = file("bundle.json", signed.cosignBundle());
    Path same = file("same.sig", (new String(signed.sig(), UTF_8) + "\n").getBytes(UTF_8));
    assertThat(verify("--bundle", bundle, "--sig", same).exit()).isEqualTo(Exits.OK);
    Path todays = file("todays.json", signed.bundle());
    assertThat(verify("--bundle", todays, "--sig", same).exit()).isEqualTo(Exits.OK);
    Path other = file("other.sig", sign(KMS).sig());
    for (Path either : List.of(bundle, todays)) {
      JsonNode json = verify("--bundle", either, "--sig", other, "--json").json();
      assertThat(json.at("/failure/code").stringValue())
          .isEqualTo("signature_signature_file_differs");
    }
  }

  @Test
  void refusesAnotherFileInEveryForm() throws IOException {
    SignedArtifact signed = sign(KMS);
    Path older = file("older.json", signed.cosignBundle());
    Path todays = file("todays.json", signed.bundle());
    document[document.length / 2] ^= 1;
    file("policy.json", document);
    for (Path bundle : List.of(older, todays)) {
      Cli.Result result = verify("--bundle", bundle);
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.firstLine()).startsWith("REFUSED: ");
      assertThat(result.out()).contains("What to do: ").doesNotContain("SIGNED");
    }
  }

  @Test
  void refusesOtherSignersAndSaysWhoTheyAre() throws IOException {
    for (WorkflowIdentity other :
        List.of(
            WorkflowIdentity.node(),
            KMS.withRepository("mallory/mero-tee", "7"),
            KMS.withRepository(KMS.repository(), "7"),
            KMS.withWorkflow("test.yaml", KMS.name()),
            KMS.withRef("refs/heads/test"),
            KMS.withTrigger("workflow_dispatch"))) {
      SignedArtifact signed = sign(other);
      for (byte[] bundle : List.of(signed.cosignBundle(), signed.bundle())) {
        Path file = file("bundle.json", bundle);
        Cli.Result text = verify("--bundle", file);
        assertThat(text.exit()).isEqualTo(Exits.REJECTED);
        assertThat(text.out()).contains("Signed by: " + other.uri());
        JsonNode json = verify("--bundle", file, "--json").json();
        assertThat(json.path("verified").booleanValue(true)).isFalse();
        assertThat(json.path("signer").isNull()).isTrue();
        assertThat(json.path("signedBy").stringValue()).contains(other.uri());
        assertThat(json.at("/failure/code").stringValue()).startsWith("signature_other_");
      }
    }
  }

  @Test
  void refusesUnderSigstoresRootWhatAnotherServiceSigned() throws IOException {
    SignedArtifact signed = sign(KMS);
    for (byte[] bundle : List.of(signed.cosignBundle(), signed.bundle())) {
      Path file = file("bundle.json", bundle);
      Cli.Result result = Cli.run("policy", "verify", policy, "--bundle", file);
      assertThat(result.exit()).isEqualTo(Exits.REJECTED);
      assertThat(result.out()).contains("Sigstore's public one, as built in");
    }
  }

  @Test
  void verifiesTheRealSignedPolicyUnderTheRootThatIsBuiltIn() throws IOException {
    Path real = Corpus.path(REAL);
    Cli.Result result = Cli.run("policy", "verify", real);
    assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
    assertThat(result.firstLine())
        .isEqualTo(
            "SIGNED by https://github.com/calimero-network/mero-tee/.github/workflows/"
                + "release-kms-phala.yaml@refs/heads/master");
    assertThat(result.out()).contains("2026-09-26T13:57:04Z", "2968584300", "locked-read-only");
    byte[] changed = Files.readAllBytes(real);
    changed[changed.length / 2] ^= 1;
    Path file = file("changed.json", changed);
    assertThat(Cli.run("policy", "verify", file, "--bundle", real + ".bundle.json").exit())
        .isEqualTo(Exits.REJECTED);
  }

  @Test
  void usesTheTrustedRootThatWasFetchedAndSaysSo() throws IOException {
    Path bundle = file("bundle.json", sign(KMS).cosignBundle());
    Path kept = directory.resolve("data/mero-tee/sigstore/trusted_root.json");
    Files.createDirectories(kept.getParent());
    Files.copy(root, kept);
    Map<String, String> environment = Map.of("XDG_DATA_HOME", directory + "/data");
    Cli.Result result = Cli.runIn(environment, "policy", "verify", policy, "--bundle", bundle);
    assertThat(result.exit()).as(result.out()).isEqualTo(Exits.OK);
    assertThat(result.out()).contains("as fetched by TUF (" + kept + ")");
    Files.writeString(kept, "{}");
    Cli.Result spoiled = Cli.runIn(environment, "policy", "verify", policy, "--bundle", bundle);
    assertThat(spoiled.exit()).isEqualTo(Exits.USAGE);
    assertThat(spoiled.err()).contains("is no trusted root", "--update");
  }

  @Test
  void refusesWhatIsNoBundle() throws IOException {
    for (String text : List.of("", "{", "[]", "{}", "{\"mediaType\":\"text/plain\"}")) {
      Path bundle = file("bundle.json", text.getBytes(UTF_8));
      JsonNode json = verify("--bundle", bundle, "--json").json();
      assertThat(json.path("verified").booleanValue(true)).isFalse();
      assertThat(json.at("/failure/code").stringValue()).isEqualTo("signature_bundle_malformed");
    }
    Path statement =
        file(
            "b.json",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}".getBytes(UTF_8));
    assertThat(verify("--bundle", statement, "--json").json().at("/failure/code").stringValue())
        .isEqualTo("signature_todays_bundle_malformed");
  }

  @Test
  void refusesAFileThatIsSignedAndNoPolicy() throws IOException {
    document = "checksums".getBytes(UTF_8);
    file("policy.json", document);
    Path bundle = file("bundle.json", sign(KMS).cosignBundle());
    Cli.Result result = verify("--bundle", bundle);
    assertThat(result.exit()).isEqualTo(Exits.REJECTED);
    assertThat(result.firstLine()).startsWith("REFUSED: what is signed is not a policy");
    assertThat(result.out()).contains("Signed by: " + KMS.uri());
    JsonNode json = verify("--bundle", bundle, "--json").json();
    assertThat(json.path("verified").booleanValue(true)).isFalse();
    assertThat(json.at("/failure/code").stringValue()).isEqualTo("policy_malformed");
    assertThat(json.at("/signer/identity").stringValue()).isEqualTo(KMS.uri());
  }

  @Test
  void saysWhichFilesBelongTogether() throws IOException {
    Path bundle = file("bundle.json", sign(KMS).cosignBundle());
    assertThat(verify().err()).contains("no bundle beside the policy");
    assertThat(verify("--pem", policy).err()).contains("belong together");
    assertThat(
            verify("--bundle", bundle, "--sig", bundle, "--pem", bundle, "--rekor-entry", bundle)
                .err())
        .contains("not both");
    for (Cli.Result result : List.of(verify(), verify("--bundle", directory.resolve("none")))) {
      assertThat(result.exit()).isEqualTo(Exits.USAGE);
    }
    Path large = file("large.json", new byte[2 << 20]);
    assertThat(verify("--bundle", large).err()).contains("has more than");
  }
}
