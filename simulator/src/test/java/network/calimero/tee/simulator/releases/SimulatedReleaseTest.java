package network.calimero.tee.simulator.releases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.Verifier;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A release has every file that the specification names, and they agree with each other. */
class SimulatedReleaseTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final List<String> PROFILES =
      List.of("debug", "debug-read-only", "locked-read-only");
  private static final Set<String> NODE_FILES =
      Set.of(
          "published-mrtds.json",
          "release-provenance.json",
          "node-image-gcp-release-sbom.spdx.json",
          "node-image-gcp-checksums.txt");

  @Test
  void theFilesAreThoseOfTheSeeds() {
    SimulatedRelease release = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);

    assertThat(release.files()).containsOnlyKeys("mero-kms-v2.3.40", "mero-tee-v2.3.40");
    assertThat(unsigned(release, "mero-tee-v2.3.40")).isEqualTo(NODE_FILES);
    assertThat(unsigned(release, "mero-kms-v2.3.40"))
        .containsExactlyInAnyOrder(
            "mero-kms-phala_x86_64-unknown-linux-gnu.tar.gz",
            "mero-kms-phala_aarch64-unknown-linux-gnu.tar.gz",
            "kms-phala-checksums.txt",
            "kms-phala-release-manifest.json",
            "kms-phala-attestation-policy.debug.json",
            "kms-phala-attestation-policy.debug-read-only.json",
            "kms-phala-attestation-policy.locked-read-only.json",
            "kms-phala-attestation-policy.json",
            "kms-phala-compatibility-map.json",
            "kms-phala-container-metadata.json",
            "kms-phala-container-sbom.spdx.json",
            "kms-phala-binaries-sbom.spdx.json",
            "kms-phala-rekor-index.json",
            "kms-phala-trust-bundle.tar.gz");
  }

  @Test
  void theFilesAreThoseOfTheCluster() {
    SimulatedRelease release = SimulatedRelease.of("2.3.120", ReleaseGeneration.C);

    assertThat(unsigned(release, "mero-tee-v2.3.120")).isEqualTo(NODE_FILES);
    assertThat(unsigned(release, "mero-kms-v2.3.120"))
        .containsExactlyInAnyOrder(
            "mero-kms_x86_64-unknown-linux-gnu.tar.gz",
            "kms-checksums.txt",
            "kms-release-manifest.json",
            "kms-attestation-policy.debug.json",
            "kms-attestation-policy.debug-read-only.json",
            "kms-attestation-policy.locked-read-only.json",
            "kms-attestation-policy.json",
            "kms-compatibility-map.json",
            "kms-binaries-sbom.spdx.json",
            "kms-rekor-index.json",
            "kms-trust-bundle.tar.gz");
    JsonNode policy = json(release, "kms-attestation-policy.json");
    assertThat(policy.get("policy").has("kms_allowed_event_payload")).isFalse();
    assertThat(policy.get("merod_config_path").stringValue()).isEqualTo("tee.kms.attestation");
    assertThat(policy.at("/kms/provider").stringValue()).isEqualTo("mero-kms");
  }

  /** All names that are not a signature's, each with its three files of the signature. */
  private static Set<String> unsigned(SimulatedRelease release, String tag) {
    Set<String> names = Objects.requireNonNull(release.files().get(tag)).keySet();
    Set<String> assets = new HashSet<>(names);
    assets.removeIf(name -> name.matches(".*(\\.sig|\\.pem|\\.bundle\\.json)"));
    assertThat(names).hasSize(4 * assets.size());
    for (String asset : assets) {
      assertThat(names).contains(asset + ".sig", asset + ".pem", asset + ".bundle.json");
    }
    return assets;
  }

  @ParameterizedTest
  @EnumSource
  void everySignatureHoldsAndIsOfTheFamilysWorkflow(ReleaseGeneration generation) {
    SimulatedRelease release = SimulatedRelease.of("2.3.60", generation);
    Verifier verifier = new Verifier(release.sigstore().trustedRootJson());

    Map<String, String> signers = new TreeMap<>();
    release
        .files()
        .forEach((tag, files) -> {
          for (String asset : unsigned(release, tag)) {
            byte[] pem = release.file(asset + ".pem");
            String sig = new String(release.file(asset + ".sig"), UTF_8);
            JsonNode bundle = json(release, asset + ".bundle.json");
            assertThat(verifier.signed(pem, release.file(asset), base64(sig))).isTrue();
            assertThat(bundle.get("base64Signature").stringValue()).isEqualTo(sig);
            assertThat(base64(bundle.get("cert").stringValue())).isEqualTo(pem);
            signers.put(tag, verifier.identity(pem));
          }
        });
    boolean cluster = generation == ReleaseGeneration.C;
    assertThat(signers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "mero-kms-v2.3.60", WorkflowIdentity.kms(cluster).uri(),
                "mero-tee-v2.3.60", WorkflowIdentity.node().uri()));
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentsAgreeOnDigests(ReleaseGeneration generation) {
    SimulatedRelease release = SimulatedRelease.of("2.3.60", generation);
    String kms = generation == ReleaseGeneration.C ? "kms-" : "kms-phala-";

    for (JsonNode binary : json(release, kms + "release-manifest.json").get("binaries")) {
      String file = binary.get("file").stringValue();
      String digest = Verifier.sha256(release.file(file));
      assertThat(binary.get("sha256").stringValue()).isEqualTo(digest);
      assertThat(text(release, kms + "checksums.txt")).contains(digest + "  " + file + "\n");
    }
    JsonNode map = json(release, kms + "compatibility-map.json").get("compatibility");
    for (String profile : PROFILES) {
      String policy = kms + "attestation-policy." + profile + ".json";
      assertThat(map.at("/profiles/" + profile + "/kms_policy_sha256").stringValue())
          .isEqualTo(Verifier.sha256(release.file(policy)));
    }
    for (JsonNode entry : json(release, kms + "rekor-index.json").get("entries")) {
      byte[] content = release.file(entry.get("asset").stringValue());
      assertThat(entry.get("hash").stringValue()).isEqualTo("sha256:" + Verifier.sha256(content));
      assertThat(entry.get("log_index").stringValue()).isEmpty();
    }
    text(release, "node-image-gcp-checksums.txt")
        .lines()
        .map(line -> line.split("  ", -1))
        .forEach(line -> assertThat(line[0]).isEqualTo(Verifier.sha256(release.file(line[1]))));
  }

  @ParameterizedTest
  @EnumSource
  void profilesAndRolesMeasureApart(ReleaseGeneration generation) {
    SimulatedRelease release = SimulatedRelease.of("2.3.60", generation);
    String kms = generation == ReleaseGeneration.C ? "kms-" : "kms-phala-";

    Set<String> rtmr3 = new HashSet<>();
    Set<String> composeHashes = new HashSet<>();
    for (String profile : PROFILES) {
      JsonNode policy = json(release, kms + "attestation-policy." + profile + ".json");
      JsonNode lists = policy.get("policy");
      JsonNode node = json(release, "published-mrtds.json").at("/profiles/" + profile);
      rtmr3.add(lists.at("/kms_allowed_rtmr3/0").stringValue());
      rtmr3.add(lists.at("/node_allowed_rtmr3/0").stringValue());
      composeHashes.add(lists.at("/kms_allowed_event_payload/0").asString("none"));
      assertThat(node.get("allowed_rtmr3")).isEqualTo(lists.get("node_allowed_rtmr3"));
      assertThat(node.at("/allowed_mrtd/0")).isEqualTo(node.get("mrtd"));
    }
    assertThat(rtmr3).hasSize(6);
    assertThat(composeHashes).hasSize(generation == ReleaseGeneration.B ? 3 : 1);
  }

  @Test
  void measurementsAreThoseOfTheMachinesGiven() {
    SimulatedPlatform platform = SimulatedPlatform.at(NOW);
    SimulatedTdxMachine server = platform.launch(TdImage.named("server"));
    SimulatedTdxMachine node = platform.launch(TdImage.named("node"));
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.40", ReleaseGeneration.A)
            .kms("locked-read-only", server)
            .node("locked-read-only", node)
            .node("locked-read-only", Registers.of(node).withRtmr3("a".repeat(96)))
            .build();

    JsonNode policy = json(release, "kms-phala-attestation-policy.json").get("policy");
    assertThat(texts(policy.get("kms_allowed_mrtd"))).containsExactly(Bytes.hex(server.mrTd()));
    assertThat(policy.get("allowed_mrtd")).isEqualTo(policy.get("kms_allowed_mrtd"));
    assertThat(texts(policy.get("node_allowed_rtmr0"))).containsExactly(Bytes.hex(node.rtmr(0)));
    assertThat(texts(policy.get("node_allowed_rtmr3")))
        .containsExactly(Bytes.hex(node.rtmr(3)), "a".repeat(96));
  }

  @Test
  void aChangeBeforeSigningIsTheOnlyFault() {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.40", ReleaseGeneration.A)
            .changeJson("published-mrtds.json", json -> json.put("tag", "2.3.41"))
            .build();
    Verifier verifier = new Verifier(release.sigstore().trustedRootJson());

    assertThat(json(release, "published-mrtds.json").get("tag").stringValue()).isEqualTo("2.3.41");
    assertThat(text(release, "node-image-gcp-checksums.txt"))
        .contains(Verifier.sha256(release.file("published-mrtds.json")));
    assertThat(holds(verifier, release, "published-mrtds.json")).isTrue();
  }

  @Test
  void copiesAreSpoiledAndTheOriginalIsNot() {
    String asset = "kms-phala-checksums.txt";
    SimulatedRelease release = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
    Verifier verifier = new Verifier(release.sigstore().trustedRootJson());
    byte[] other = "nothing\n".getBytes(UTF_8);

    assertThat(holds(verifier, release.change(asset, content -> other), asset)).isFalse();
    assertThat(holds(verifier, release.resign(asset, content -> other), asset)).isTrue();
    SimulatedRelease swapped = release.withSignatureOf("kms-phala-trust-bundle.tar.gz", asset);
    assertThat(holds(verifier, swapped, asset)).isFalse();
    SimulatedRelease stolen = release.signedBy(asset, who -> who.withRepository("a/b", "7"));
    assertThat(verifier.identity(stolen.file(asset + ".pem"))).startsWith("https://github.com/a/b");
    assertThatThrownBy(() -> release.without(asset).file(asset)).hasMessageContaining(asset);
    assertThat(holds(verifier, release, asset)).isTrue();
  }

  @Test
  void todaysBundlesFillTheIndexOfTheLog() {
    SimulatedRelease release =
        SimulatedRelease.builder("2.3.60", ReleaseGeneration.B)
            .todaysBundles()
            .certificatesInBase64()
            .build();

    JsonNode entry = json(release, "kms-phala-rekor-index.json").at("/entries/0");
    JsonNode logged =
        json(release, entry.get("bundle_asset").stringValue())
            .at("/verificationMaterial/tlogEntries/0");
    assertThat(entry.get("log_index")).isEqualTo(logged.get("logIndex"));
    assertThat(entry.get("integrated_time")).isEqualTo(logged.get("integratedTime"));
    assertThat(entry.get("log_id")).isEqualTo(logged.at("/logId/keyId"));
    assertThat(new String(base64(text(release, "published-mrtds.json.pem")), UTF_8))
        .startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void aSeededReleaseIsReproducibleToTheByte() {
    List<Map<String, Map<String, byte[]>>> twins =
        Stream.of(1, 2)
            .map(_ -> SimulatedSigstore.of(Seed.of("release"), NOW))
            .map(service ->
                SimulatedRelease.builder("2.3.60", ReleaseGeneration.B).sigstore(service).build())
            .map(SimulatedRelease::files)
            .toList();

    assertThat(twins.getFirst()).usingRecursiveComparison().isEqualTo(twins.getLast());
  }

  @Test
  void theFilesCanBeWrittenToAFolder(@TempDir Path folder) throws IOException {
    SimulatedRelease release = SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
    release.writeTo(folder);

    Path file = folder.resolve("mero-tee-v2.3.40").resolve("published-mrtds.json");
    assertThat(file).hasBinaryContent(release.file("published-mrtds.json"));
    try (Stream<Path> written = Files.list(folder.resolve("mero-kms-v2.3.40"))) {
      assertThat(written).hasSize(56);
    }
  }

  private static boolean holds(Verifier verifier, SimulatedRelease release, String asset) {
    byte[] signature = base64(text(release, asset + ".sig"));
    return verifier.signed(release.file(asset + ".pem"), release.file(asset), signature);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }

  private static JsonNode json(SimulatedRelease release, String asset) {
    return JSON.readTree(release.file(asset));
  }

  private static String text(SimulatedRelease release, String asset) {
    return new String(release.file(asset), UTF_8);
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }
}
