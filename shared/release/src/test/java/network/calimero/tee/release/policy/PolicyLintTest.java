package network.calimero.tee.release.policy;

import static java.util.stream.Collectors.toCollection;
import static network.calimero.tee.release.policy.PolicyText.clusterPolicy;
import static network.calimero.tee.release.policy.PolicyText.list;
import static network.calimero.tee.release.policy.PolicyText.lists;
import static network.calimero.tee.release.policy.PolicyText.policy;
import static network.calimero.tee.release.policy.PolicyText.published;
import static network.calimero.tee.release.policy.PolicyText.registry;
import static network.calimero.tee.release.policy.PolicyText.value;
import static network.calimero.tee.release.policy.PolicyText.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each weakness by a document that has it and no other of its severity or above. */
class PolicyLintTest {
  private static final String LOCKED = "locked-read-only";
  private static final String B = "2.3.73";
  private static final String C = "2.3.112";
  private static final String ZERO = "0".repeat(96);

  record Case(LintCode code, List<ObjectNode> documents) {
    @Override
    public String toString() {
      return code.text();
    }
  }

  private static Case one(LintCode code, ObjectNode document) {
    return new Case(code, List.of(document));
  }

  private static Case policyWith(LintCode code, Consumer<ObjectNode> change) {
    return one(code, with(policy(B, LOCKED), document -> change.accept(lists(document))));
  }

  private static Case statuses(LintCode code, String... statuses) {
    return policyWith(
        code,
        lists -> {
          list(lists, "kms_allowed_tcb_statuses", statuses);
          list(lists, "allowed_tcb_statuses", statuses);
        });
  }

  static Stream<Case> cases() {
    return Stream.of(documents(), registers(), pairs(), indexes()).flatMap(it -> it);
  }

  private static Stream<Case> documents() {
    return Stream.of(
        one(LintCode.KMS_REFUSES, with(policy(B, LOCKED), it -> it.put("role", "node"))),
        one(LintCode.CANDIDATE, with(policy(B, LOCKED), it -> it.put("status", "candidate"))),
        one(LintCode.ID_MISMATCH, with(registry(B), it -> it.put("policy_id", "kms-phala/2.1.9"))),
        one(
            LintCode.PROBE_DIFFERS,
            with(
                registry(B),
                it -> list((ObjectNode) it.path("candidate_policy"), "allowed_rtmr3", value("x")))),
        one(
            LintCode.BINDING_WRONG,
            with(
                policy(B, LOCKED),
                it -> ((ObjectNode) it.path("kms")).put("default_binding_hex", "0".repeat(64)))),
        policyWith(LintCode.LEGACY_LISTS_DIFFER, it -> list(it, "allowed_rtmr1", value("x"))),
        policyWith(
            LintCode.LEGACY_LISTS_MISSING,
            it ->
                it.propertyNames().stream()
                    .filter(n -> n.startsWith("allowed_"))
                    .toList()
                    .forEach(it::remove)),
        one(LintCode.IDENTITY_MISSING, with(policy(B, LOCKED), it -> it.remove("profile"))),
        one(LintCode.COMMIT_MISSING, with(policy(B, LOCKED), it -> it.remove("commit_sha"))),
        one(LintCode.SOURCE_UNTRACEABLE, with(registry(B), it -> it.remove("source"))),
        one(LintCode.DEBUG_PROFILE, policy(B, "debug")),
        new Case(
            LintCode.MEASUREMENTS_REUSED, List.of(policy(B, LOCKED), policy("2.3.74", LOCKED))));
  }

  private static Stream<Case> registers() {
    return Stream.of(
        statuses(LintCode.TCB_ONLY_OUT_OF_DATE, "outofdate"),
        statuses(LintCode.TCB_OUT_OF_DATE, "uptodate", "outofdate"),
        statuses(LintCode.TCB_UP_TO_DATE_MISSING, "swhardeningneeded"),
        statuses(LintCode.TCB_CONFIGURATION, "uptodate", "configurationneeded"),
        statuses(LintCode.TCB_RELAUNCH, "uptodate", "tdrelaunchadvised"),
        statuses(LintCode.TCB_SW_HARDENING, "uptodate", "swhardeningneeded"),
        policyWith(
            LintCode.TCB_DEFAULTED,
            it -> {
              it.remove("allowed_tcb_statuses");
              it.remove("node_allowed_tcb_statuses");
            }),
        policyWith(LintCode.LIST_EMPTY, it -> list(it, "node_allowed_rtmr2")),
        policyWith(
            LintCode.MRTD_ALONE,
            it ->
                Stream.of("rtmr0", "rtmr1", "rtmr2", "rtmr3")
                    .forEach(register -> list(it, "node_allowed_" + register))),
        policyWith(LintCode.REGISTER_ZERO, it -> list(it, "node_allowed_rtmr1", ZERO)),
        policyWith(LintCode.RTMR3_ZERO, it -> list(it, "node_allowed_rtmr3", ZERO)),
        policyWith(
            LintCode.VALUE_IN_TWO_REGISTERS,
            it -> list(it, "node_allowed_rtmr2", value("node rtmr1"))),
        policyWith(
            LintCode.IMAGES_MIX,
            it -> {
              list(it, "node_allowed_rtmr1", value("a"), value("b"));
              list(it, "node_allowed_rtmr2", value("c"), value("d"));
            }),
        policyWith(LintCode.FIRMWARE_SINGLE, _ -> {}),
        policyWith(LintCode.COMPOSE_HASH_MISSING, it -> list(it, "kms_allowed_event_payload")),
        one(
            LintCode.COMPOSE_HASH_FORBIDDEN,
            with(clusterPolicy(C, LOCKED), it -> list(lists(it), "kms_allowed_event_payload"))));
  }

  private static Stream<Case> pairs() {
    return Stream.of(
        one(
            LintCode.PROFILES_TWIN,
            with(
                published(B),
                it ->
                    ((ObjectNode) it.path("profiles")).set("debug", it.at("/profiles/" + LOCKED)))),
        one(
            LintCode.PROFILES_DIFFER_IN_RTMR3_ONLY,
            with(
                published(B),
                it ->
                    list(
                        (ObjectNode) it.at("/profiles/debug"),
                        "allowed_rtmr2",
                        value("node rtmr2 " + LOCKED)))),
        one(LintCode.PROFILES_SHARE_REGISTERS, published(B)),
        policyWith(
            LintCode.ROLES_TWIN,
            it ->
                Stream.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3")
                    .forEach(r -> it.set("node_allowed_" + r, it.path("kms_allowed_" + r)))),
        one(LintCode.ONE_LIST_FOR_BOTH_ROLES, registry(B)),
        policyWith(
            LintCode.RTMR3_SHARED,
            it -> it.set("node_allowed_rtmr3", it.path("kms_allowed_rtmr3"))),
        one(
            LintCode.RTMR2_SHARED,
            with(
                clusterPolicy(C, LOCKED),
                it -> lists(it).set("node_allowed_rtmr2", lists(it).path("kms_allowed_rtmr2")))),
        new Case(
            LintCode.COMPOSE_HASH_SHARED,
            List.of(
                policy(B, LOCKED),
                with(
                    policy(B, "debug"),
                    it ->
                        lists(it)
                            .set(
                                "kms_allowed_event_payload",
                                lists(policy(B, LOCKED)).path("kms_allowed_event_payload"))))));
  }

  private static ObjectNode entry() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("version", "2.1.10")
        .put("kms_tag", "mero-kms-v2.1.10")
        .put("kms_policy_file", "policies/kms-phala/2.1.10.json")
        .put("kms_policy_sha256", "a".repeat(64));
  }

  private static Case index(LintCode code, ObjectNode... entries) {
    ObjectNode index = JsonMapper.shared().createObjectNode().put("schema_version", 1);
    ArrayNode releases = index.putArray("releases");
    releases.addAll(List.of(entries));
    return one(code, index);
  }

  private static Stream<Case> indexes() {
    return Stream.of(
        index(LintCode.INDEX_EMPTY),
        index(LintCode.INDEX_REPEATED, entry(), entry()),
        index(LintCode.INDEX_DIGEST_MISSING, with(entry(), it -> it.remove("kms_policy_sha256"))),
        index(LintCode.INDEX_DIGEST_MALFORMED, entry().put("kms_policy_sha256", "A".repeat(64))),
        index(LintCode.INDEX_TAG_MISMATCH, entry().put("kms_tag", "mero-kms-v2.1.11")),
        index(
            LintCode.INDEX_TAG_MISMATCH, entry().put("kms_policy_file", "policies/kms/2.1.9.json")),
        index(LintCode.INDEX_PLACE_FOREIGN, entry().put("kms_policy_file", "../2.1.10.json")),
        index(
            LintCode.INDEX_PLACE_FOREIGN,
            JsonMapper.shared()
                .createObjectNode()
                .put("version", "2.1.10")
                .put("kms_tag", "mero-kms-v2.1.10")
                .put(
                    "kms_policy_url", "https://example.org/releases/download/mero-kms-v2.1.10/p")));
  }

  private static LintReport lint(Case given) throws Exception {
    List<PolicyFile> files = new ArrayList<>();
    for (ObjectNode document : given.documents()) {
      files.add(PolicyText.file("file" + files.size(), document));
    }
    return PolicyLint.lint(files);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheWeaknessAndSaysWhatToDo(Case given) throws Exception {
    LintReport report = lint(given);

    assertThat(report.findings()).extracting(Finding::code).contains(given.code());
    assertThat(given.code().meaning()).isNotBlank();
    assertThat(given.code().advice()).isNotBlank();
  }

  @Test
  void everyWeaknessHasACase() {
    Set<LintCode> covered =
        cases().map(Case::code).collect(toCollection(() -> EnumSet.noneOf(LintCode.class)));
    assertThat(covered).containsExactlyInAnyOrder(LintCode.values());
  }

  @Test
  void soundReleaseHasNotesOnly() throws Exception {
    LintReport phala =
        lint(
            new Case(
                LintCode.FIRMWARE_SINGLE,
                List.of(
                    policy(B, "debug"),
                    policy(B, "debug-read-only"),
                    policy(B, LOCKED),
                    published(B))));
    LintReport cluster =
        lint(
            new Case(
                LintCode.FIRMWARE_SINGLE,
                List.of(clusterPolicy(C, "debug"), clusterPolicy(C, LOCKED), published(C))));

    assertThat(phala.findings()).filteredOn(it -> it.severity() != Severity.NOTE).isEmpty();
    assertThat(cluster.findings()).filteredOn(it -> it.severity() != Severity.NOTE).isEmpty();
    assertThat(phala.has(Severity.NOTE)).isTrue();
    assertThat(phala.has(Severity.WARNING)).isFalse();
  }

  @Test
  void whatIsOnlyRequiredLaterIsAWarningBefore() throws Exception {
    Consumer<ObjectNode> noHash = it -> list(lists(it), "kms_allowed_event_payload");
    Consumer<ObjectNode> sharedRtmr2 =
        it -> lists(it).set("node_allowed_rtmr2", lists(it).path("kms_allowed_rtmr2"));

    assertThat(severity(LintCode.COMPOSE_HASH_MISSING, with(policy("2.3.40", LOCKED), noHash)))
        .isEqualTo(Severity.WARNING);
    assertThat(severity(LintCode.COMPOSE_HASH_MISSING, with(policy(B, LOCKED), noHash)))
        .isEqualTo(Severity.ERROR);
    assertThat(severity(LintCode.RTMR2_SHARED, with(policy(B, LOCKED), sharedRtmr2)))
        .isEqualTo(Severity.WARNING);
    assertThat(severity(LintCode.RTMR2_SHARED, with(clusterPolicy(C, LOCKED), sharedRtmr2)))
        .isEqualTo(Severity.ERROR);
  }

  private static Severity severity(LintCode code, ObjectNode document) throws Exception {
    return lint(one(code, document)).findings().stream()
        .filter(finding -> finding.code() == code)
        .findFirst()
        .orElseThrow()
        .severity();
  }
}
