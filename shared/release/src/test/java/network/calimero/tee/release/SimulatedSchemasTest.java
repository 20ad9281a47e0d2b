package network.calimero.tee.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.policy.LintReport;
import network.calimero.tee.release.policy.PolicyFile;
import network.calimero.tee.release.policy.PolicyLint;
import network.calimero.tee.release.policy.Severity;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Releases as the simulator makes them, of every generation, by the schemas and the lint. */
class SimulatedSchemasTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<ReleaseGeneration, SimulatedRelease> RELEASES =
      Map.of(
          ReleaseGeneration.A, SimulatedRelease.of("2.3.40", ReleaseGeneration.A),
          ReleaseGeneration.B, SimulatedRelease.of("2.3.73", ReleaseGeneration.B),
          ReleaseGeneration.C, SimulatedRelease.of("2.3.112", ReleaseGeneration.C));

  private static SimulatedRelease release(ReleaseGeneration generation) {
    return Objects.requireNonNull(RELEASES.get(generation));
  }

  private static List<Error> faults(String schema, JsonNode document) {
    return REGISTRY
        .getSchema(JsonMapper.shared().readTree(Schemas.text(schema)))
        .validate(document);
  }

  /** The schema of a file, by its name; none for what is not this project's JSON. */
  private static String schemaOf(String file) {
    if (file.endsWith(".bundle.json")) {
      return "cosign-bundle";
    }
    for (String name :
        List.of(
            "release-manifest",
            "compatibility-map",
            "container-metadata",
            "rekor-index",
            "published-mrtds",
            "release-provenance")) {
      if (file.endsWith(name + ".json")) {
        return name;
      }
    }
    return file.matches(".*attestation-policy(\\.[a-z-]+)?\\.json") ? "attestation-policy" : "";
  }

  @ParameterizedTest
  @EnumSource(ReleaseGeneration.class)
  void documentsAreValid(ReleaseGeneration generation) {
    Map<String, List<Error>> faults = new LinkedHashMap<>();
    release(generation)
        .files()
        .values()
        .forEach(family ->
            family.forEach((file, content) -> {
              if (!schemaOf(file).isEmpty()) {
                JsonNode document = JsonMapper.shared().readTree(content);
                faults.put(file, faults(schemaOf(file), document));
              }
            }));

    assertThat(faults)
        .hasSizeGreaterThan(15)
        .allSatisfy((file, found) -> assertThat(found).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ReleaseGeneration.class)
  void lintFindsNothingButNotes(ReleaseGeneration generation) throws Exception {
    List<PolicyFile> files = new ArrayList<>();
    for (Map<String, byte[]> family : release(generation).files().values()) {
      for (Map.Entry<String, byte[]> file : family.entrySet()) {
        String schema = schemaOf(file.getKey());
        if (schema.equals("attestation-policy") || schema.equals("published-mrtds")) {
          files.add(PolicyFile.read(file.getKey(), Bytes.of(file.getValue())));
        }
      }
    }

    LintReport report = PolicyLint.lint(files);

    assertThat(files).hasSize(5);
    boolean mayLackComposeHash = generation == ReleaseGeneration.A;
    assertThat(report.findings())
        .filteredOn(finding -> finding.severity() != Severity.NOTE)
        .allMatch(
            finding -> mayLackComposeHash && finding.code().text().equals("compose_hash_missing"));
  }

  private static Arguments fault(
      String fault, ReleaseGeneration generation, String asset, Consumer<ObjectNode> change) {
    return Arguments.of(fault, generation, asset, change);
  }

  static Stream<Arguments> refused() {
    String manifest = "kms-phala-release-manifest.json";
    String map = "kms-phala-compatibility-map.json";
    String metadata = "kms-phala-container-metadata.json";
    ReleaseGeneration b = ReleaseGeneration.B;
    return Stream.of(
        fault("prefixed tag", b, manifest, it -> it.put("tag", "mero-kms-v2.3.73")),
        fault("no commit", b, manifest, it -> it.remove("commit_sha")),
        fault("no archives", b, manifest, it -> it.putArray("binaries")),
        fault(
            "archive out of the folder",
            b,
            manifest,
            it -> ((ObjectNode) it.at("/binaries/0")).put("file", "../mero-kms")),
        fault(
            "upper-case digest",
            b,
            manifest,
            it -> ((ObjectNode) it.at("/binaries/0")).put("sha256", "A".repeat(64))),
        fault(
            "two profiles",
            b,
            manifest,
            it -> ((ObjectNode) it.path("container_profile_digests")).remove("debug")),
        fault("containers and images", b, manifest, it -> it.putObject("images")),
        fault(
            "no images",
            ReleaseGeneration.C,
            "kms-release-manifest.json",
            it -> it.remove("images")),
        fault(
            "other tag", b, map, it -> ((ObjectNode) it.path("compatibility")).put("kms_tag", "2")),
        fault(
            "missing profile",
            b,
            map,
            it -> ((ObjectNode) it.at("/compatibility/profiles")).remove("debug")),
        fault(
            "profile under another's name",
            b,
            map,
            it ->
                ((ObjectNode) it.at("/compatibility/profiles/debug"))
                    .put("node_profile", "locked-read-only")),
        fault(
            "no policy digest",
            b,
            map,
            it ->
                ((ObjectNode) it.at("/compatibility/profiles/debug")).remove("kms_policy_sha256")),
        fault("no container", b, metadata, it -> it.remove("container")),
        fault(
            "digest without algorithm",
            b,
            metadata,
            it -> ((ObjectNode) it.path("container")).put("digest", "a".repeat(64))),
        fault("no entries", b, "kms-phala-rekor-index.json", it -> it.putArray("entries")),
        fault(
            "entry without hash",
            b,
            "kms-phala-rekor-index.json",
            it -> ((ObjectNode) it.at("/entries/0")).remove("hash")),
        fault(
            "not verified from outside",
            b,
            "release-provenance.json",
            it ->
                ((ObjectNode) it.at("/profiles/debug/external_verification"))
                    .put("status", "skipped")),
        fault("no measurements", b, "release-provenance.json", it -> it.remove("mrtds")),
        fault("no role", b, "published-mrtds.json", it -> it.remove("role")),
        fault(
            "today's bundle",
            b,
            manifest + ".bundle.json",
            it -> {
              it.removeAll();
              it.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
            }),
        fault("no log entry", b, manifest + ".bundle.json", it -> it.remove("rekorBundle")),
        fault(
            "unsigned time",
            b,
            manifest + ".bundle.json",
            it -> ((ObjectNode) it.at("/rekorBundle/Payload")).put("integratedTime", "now")));
  }

  @ParameterizedTest(name = "{2}: {0}")
  @MethodSource("refused")
  void whatIsRefusedIsNotValid(
      String fault, ReleaseGeneration generation, String asset, Consumer<ObjectNode> change) {
    byte[] content = release(generation).file(asset);
    ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(new String(content, UTF_8));
    assertThat(faults(schemaOf(asset), document)).isEmpty();

    change.accept(document);

    assertThat(faults(schemaOf(asset), document)).as(fault).isNotEmpty();
  }

  @Test
  void everyDocumentOfAReleaseHasASchema() {
    Stream.of(ReleaseGeneration.values())
        .flatMap(generation -> release(generation).files().values().stream())
        .flatMap(family -> family.keySet().stream())
        .filter(file -> file.endsWith(".json") && !file.endsWith(".spdx.json"))
        .filter(file -> !file.endsWith(".spdx.json.bundle.json"))
        .forEach(file -> assertThat(schemaOf(file)).as(file).isNotEmpty());
  }
}
