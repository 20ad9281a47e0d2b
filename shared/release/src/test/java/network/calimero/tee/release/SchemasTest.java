package network.calimero.tee.release;

import static network.calimero.tee.release.policy.PolicyText.clusterPolicy;
import static network.calimero.tee.release.policy.PolicyText.list;
import static network.calimero.tee.release.policy.PolicyText.lists;
import static network.calimero.tee.release.policy.PolicyText.policy;
import static network.calimero.tee.release.policy.PolicyText.published;
import static network.calimero.tee.release.policy.PolicyText.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final String LOCKED = "locked-read-only";
  private static final String B = "2.3.73";

  private static List<Error> faults(String schema, JsonNode document) {
    return schema(schema).validate(document);
  }

  private static Schema schema(String name) {
    return REGISTRY.getSchema(JsonMapper.shared().readTree(Schemas.text(name)));
  }

  /** Which schema a file of the past is of. */
  private static String schemaOf(String file, JsonNode document) {
    if (document.has("base64Signature")) {
      return "cosign-bundle";
    }
    if (document.path("releases").isArray()) {
      boolean catalog = document.path("releases").path(0).has("kms_policy_url");
      return catalog ? "compatibility-catalog" : "registry-index";
    }
    if (document.path("policies").isArray()) {
      return "policy-index";
    }
    if (document.has("profiles")) {
      return "registry-node-policy";
    }
    return file.startsWith("signed-policy/") ? "attestation-policy" : "registry-kms-policy";
  }

  @Test
  void documentsOfPastReleasesAreValid() throws IOException {
    List<String> files = new ArrayList<>(Corpus.policies());
    files.add("signed-policy/kms-phala-attestation-policy." + LOCKED + ".json.bundle.json");
    Map<String, Integer> valid = new TreeMap<>();
    for (String file : files) {
      JsonNode document = JsonMapper.shared().readTree(Corpus.bytes(file).toArray());
      String schema = schemaOf(file, document);
      assertThat(faults(schema, document)).as(file + " by " + schema).isEmpty();
      valid.merge(schema, 1, Integer::sum);
    }
    System.out.printf(
        "documents of past releases that are valid by their schema: %d/%d %s%n",
        valid.values().stream().mapToInt(Integer::intValue).sum(), files.size(), valid);
    assertThat(files).hasSize(117);
  }

  @Test
  void everySchemaIsOneAndEachIsPublished() throws IOException {
    Schema draft =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    for (String name : Schemas.names()) {
      JsonNode schema = JsonMapper.shared().readTree(Schemas.text(name));
      assertThat(draft.validate(schema)).as(name).isEmpty();
      assertThat(schema.path("$schema").stringValue())
          .isEqualTo("https://json-schema.org/draft/2020-12/schema");
      assertThat(schema.path("$id").stringValue()).isEqualTo("urn:mero-tee:" + name);
      assertThat(schema.path("description").stringValue()).isNotBlank();
    }
    Path published = Path.of(System.getProperty("mero.root", "../..")).resolve("docs/schemas");
    for (String name : Schemas.names()) {
      assertThat(published.resolve(Schemas.file(name)))
          .hasContent(Schemas.text(name).stripTrailing());
    }
    try (Stream<Path> files = Files.list(published)) {
      assertThat(files.filter(file -> file.toString().endsWith(".schema.json")))
          .hasSameSizeAs(Schemas.names());
    }
  }

  @Test
  void soundDocumentsAreValid() {
    for (String profile : List.of("debug", "debug-read-only", LOCKED)) {
      assertThat(faults("attestation-policy", policy(B, profile))).isEmpty();
      assertThat(faults("attestation-policy", clusterPolicy("2.3.112", profile))).isEmpty();
    }
    assertThat(faults("published-mrtds", published(B))).isEmpty();
    ObjectNode older =
        with(
            policy(B, LOCKED),
            it ->
                lists(it).propertyNames().stream()
                    .filter(name -> name.startsWith("node_") || name.startsWith("kms_"))
                    .toList()
                    .forEach(lists(it)::remove));
    assertThat(faults("attestation-policy", older)).isEmpty();
  }

  private static Arguments policyWith(String fault, Consumer<ObjectNode> change) {
    return Arguments.of(fault, "attestation-policy", with(policy(B, LOCKED), change));
  }

  private static Arguments publishedWith(String fault, Consumer<ObjectNode> change) {
    return Arguments.of(fault, "published-mrtds", with(published(B), change));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        policyWith("tag of the release, not the version", it -> it.put("tag", "mero-kms-v" + B)),
        policyWith("no tag", it -> it.remove("tag")),
        policyWith("no role", it -> it.remove("role")),
        policyWith("another role", it -> it.put("role", "node")),
        policyWith("no profile", it -> it.remove("profile")),
        policyWith("unknown profile", it -> it.put("profile", "Locked-Read-Only")),
        policyWith("short commit", it -> it.put("commit_sha", "abc")),
        policyWith("unknown schema", it -> it.put("schema_version", 3)),
        policyWith("no lists", it -> it.remove("policy")),
        policyWith("mistyped list", it -> lists(it).put("kms_allowed_mrtd", "")),
        policyWith("empty list", it -> list(lists(it), "node_allowed_rtmr3")),
        policyWith(
            "missing list",
            it -> {
              lists(it).remove("node_allowed_rtmr3");
              lists(it).remove("allowed_rtmr3");
            }),
        policyWith("32 bytes", it -> list(lists(it), "kms_allowed_rtmr0", "a".repeat(64))),
        policyWith("0x", it -> list(lists(it), "kms_allowed_rtmr0", "0x" + "a".repeat(96))),
        policyWith("Revoked", it -> list(lists(it), "kms_allowed_tcb_statuses", "revoked")),
        policyWith("no status", it -> list(lists(it), "node_allowed_tcb_statuses")),
        policyWith("no hash", it -> list(lists(it), "kms_allowed_event_payload", "abc")),
        policyWith(
            "binding of another kind of KMS",
            it -> it.set("kms", clusterPolicy(B, LOCKED).path("kms"))),
        policyWith(
            "other attest endpoint",
            it -> ((ObjectNode) it.path("kms")).put("attest_endpoint", "/evidence")),
        Arguments.of(
            "compose hash without dstack",
            "attestation-policy",
            with(clusterPolicy(B, LOCKED), it -> list(lists(it), "kms_allowed_event_payload"))),
        publishedWith("other role", it -> it.put("role", "kms")),
        publishedWith("missing profile", it -> ((ObjectNode) it.path("profiles")).remove("debug")),
        publishedWith(
            "unknown profile",
            it -> ((ObjectNode) it.path("profiles")).set("prod", it.at("/profiles/debug"))),
        publishedWith(
            "empty list",
            it -> list((ObjectNode) it.at("/profiles/debug"), "allowed_tcb_statuses")),
        publishedWith("no mrtd", it -> ((ObjectNode) it.at("/profiles/debug")).remove("mrtd")));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("refused")
  void whatIsRefusedIsNotValid(String fault, String schema, ObjectNode document) {
    assertThat(faults(schema, document)).as(fault).isNotEmpty();
  }
}
