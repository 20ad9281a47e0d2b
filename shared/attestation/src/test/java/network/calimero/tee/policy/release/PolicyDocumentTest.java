package network.calimero.tee.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PolicyDocumentTest {
  private static final ReleaseVersion VERSION = new ReleaseVersion(2, 3, 40);
  private static final PolicyAsset PROFILE_FILE = new PolicyAsset("profile.json", false);
  private static final PolicyAsset LEGACY_FILE = new PolicyAsset("legacy.json", true);
  private static final List<String> REGISTERS = List.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3");

  private static String hex(String twoDigits) {
    return twoDigits.repeat(Measurement.SIZE);
  }

  private static void lists(ObjectNode policy, String prefix, String value) {
    REGISTERS.forEach(r -> policy.putArray(prefix + "allowed_" + r).add(value));
  }

  private static ObjectNode current() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("schema_version", 1).put("role", "kms").put("profile", "locked-read-only");
    root.put("tag", "2.3.40").put("commit_sha", "0123");
    ObjectNode policy = root.putObject("policy");
    policy.putArray("node_allowed_tcb_statuses").add("uptodate").add("OutOfDate");
    lists(policy, "node_", hex("0a"));
    policy.putArray("kms_allowed_tcb_statuses").add("uptodate");
    lists(policy, "kms_", hex("0B"));
    policy.putArray("kms_allowed_event_payload").add("0c".repeat(32));
    return root;
  }

  private static ObjectNode legacy() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("schema_version", 2).put("policy_id", "mero-kms-phala/2.3.40");
    root.put("release_tag", "2.3.40").put("status", "approved");
    lists(root.putObject("policy"), "", hex("0d"));
    return root;
  }

  private static PolicyDocument parse(ObjectNode root) throws PolicyDocumentException {
    return parse(root.toString());
  }

  private static PolicyDocument parse(String text) throws PolicyDocumentException {
    return PolicyDocument.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ReleasePolicy locked(ObjectNode root) throws PolicyDocumentException {
    return parse(root).forRelease(VERSION, Profile.LOCKED_READ_ONLY, PROFILE_FILE);
  }

  private static void assertRefused(ObjectNode root, String... parts) {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> locked(root).forNodes())
        .withMessageContainingAll(parts);
  }

  private static Set<Measurement> values(AppraisalPolicy.Enforced policy, Register register) {
    return ((ReferenceValues.SeparateLists) policy.references())
        .lists()
        .getOrDefault(register, Set.of());
  }

  @Test
  void currentDocumentHasAPolicyForEachRole() throws Exception {
    ReleasePolicy policy = locked(current());

    AppraisalPolicy.Enforced nodes = policy.forNodes();
    assertThat(nodes.role()).isEqualTo(Role.NODE);
    assertThat(nodes.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
    assertThat(nodes.statuses())
        .containsExactlyInAnyOrder(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE);
    AppraisalPolicy.Enforced kms = policy.forKms();
    assertThat(kms.role()).isEqualTo(Role.KMS);
    assertThat(kms.statuses()).containsExactly(TcbStatus.UP_TO_DATE);
    for (Register register : Register.values()) {
      assertThat(values(nodes, register)).containsExactly(Measurement.fromHex(hex("0a")));
      assertThat(values(kms, register)).containsExactly(Measurement.fromHex(hex("0b")));
    }
    assertThat(policy.composeHashes()).containsExactly(Bytes.fromHex("0c".repeat(32)));
    assertThat(policy.version()).isEqualTo(VERSION);
    assertThat(policy.profile()).isEqualTo(Profile.LOCKED_READ_ONLY);
  }

  @Test
  void documentSaysWhatItIsOfBeforeAnybodyAsksForIt() throws Exception {
    PolicyDocument document = parse(current());

    assertThat(document.tag()).isEqualTo(VERSION);
    assertThat(document.role()).contains("kms");
    assertThat(document.profile()).contains("locked-read-only");
    assertThat(document.nodes().list(Register.RTMR2).values())
        .containsExactly(Measurement.fromHex(hex("0a")));
    assertThat(document.kms().list(Register.RTMR2).values())
        .containsExactly(Measurement.fromHex(hex("0b")));
    assertThat(document.composeHashes().orElseThrow().field())
        .isEqualTo("policy.kms_allowed_event_payload");
    assertThat(parse(legacy()).composeHashes()).isEmpty();
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> parse("{}"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(e.getMessage()).isNotEmpty());
  }

  @Test
  void unprefixedListsStandInForEachListThatIsAbsent() throws Exception {
    ObjectNode root = current();
    ObjectNode policy = (ObjectNode) root.get("policy");
    lists(policy, "", hex("0e"));
    policy.putArray("allowed_tcb_statuses").add("swhardeningneeded");
    policy.remove(List.of("node_allowed_rtmr3", "node_allowed_tcb_statuses"));

    AppraisalPolicy.Enforced nodes = locked(root).forNodes();
    assertThat(values(nodes, Register.RTMR3)).containsExactly(Measurement.fromHex(hex("0e")));
    assertThat(values(nodes, Register.RTMR2)).containsExactly(Measurement.fromHex(hex("0a")));
    assertThat(nodes.statuses()).containsExactly(TcbStatus.SW_HARDENING_NEEDED);
    assertThat(locked(root).forKms().statuses()).containsExactly(TcbStatus.UP_TO_DATE);
  }

  @Test
  void emptyListIsNotReplacedByTheUnprefixedOneAndIsNamed() throws Exception {
    ObjectNode root = current();
    ObjectNode policy = (ObjectNode) root.get("policy");
    lists(policy, "", hex("0e"));
    policy.putArray("node_allowed_rtmr1");
    policy.putArray("node_allowed_tcb_statuses");

    assertRefused(
        root, "policy.node_allowed_rtmr1", "policy.node_allowed_tcb_statuses", "accept nobody");
    assertThat(locked(root).forKms().role()).isEqualTo(Role.KMS);
  }

  @Test
  void missingStatusesMeanUpToDate() throws Exception {
    ObjectNode root = current();
    ((ObjectNode) root.get("policy")).remove("node_allowed_tcb_statuses");

    assertThat(locked(root).forNodes().statuses()).containsExactly(TcbStatus.UP_TO_DATE);
  }

  @Test
  void missingRegisterIsNamed() {
    ObjectNode root = current();
    ((ObjectNode) root.get("policy")).remove("node_allowed_mrtd");

    assertRefused(root, "policy.node_allowed_mrtd");
  }

  @Test
  void olderDocumentMayBeSilentOnRoleAndProfileInTheLegacyFileOnly() throws Exception {
    PolicyDocument document = parse(legacy());

    ReleasePolicy policy = document.forRelease(VERSION, Profile.LOCKED_READ_ONLY, LEGACY_FILE);
    assertThat(values(policy.forNodes(), Register.MRTD))
        .containsExactly(Measurement.fromHex(hex("0d")));
    assertThat(policy.composeHashes()).isEmpty();
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> document.forRelease(VERSION, Profile.LOCKED_READ_ONLY, PROFILE_FILE))
        .withMessageContaining("role: missing");
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> document.forRelease(VERSION, Profile.DEBUG, LEGACY_FILE))
        .withMessageContaining("role: missing");
  }

  @Test
  void whatTheLegacyFileSaysMustFitAllTheSame() {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() ->
            parse(current().put("profile", "debug"))
                .forRelease(VERSION, Profile.LOCKED_READ_ONLY, LEGACY_FILE))
        .withMessage("profile: it is \"debug\", not locked-read-only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag | \"2.3.41\" | it is of release 2.3.41, not 2.3.40",
        "tag | \"mero-kms-v2.3.40\" | is no version of the form X.Y.Z",
        "tag | 2.3 | not a text",
        "role | \"node\" | it is \"node\", not kms",
        "role | null | not a text",
        "profile | \"debug\" | it is \"debug\", not locked-read-only",
        "profile | \"Locked-Read-Only\" | not locked-read-only",
        "schema_version | 3 | neither 1 nor 2",
        "schema_version | \"1\" | neither 1 nor 2",
        "schema_version | 99999999999 | neither 1 nor 2",
        "status | \"draft\" | neither approved nor released",
        "release_tag | \"2.3.39\" | it contradicts tag",
        "policy | [] | not an object",
      })
  void fieldThatDoesNotFitIsNamedWithItsProblem(String field, String value, String problem) {
    ObjectNode root = current();
    root.set(field, JsonMapper.shared().readTree(value));

    assertRefused(root, field + ": ", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node_allowed_mrtd | \"$H\" | node_allowed_mrtd: not a list",
        "node_allowed_mrtd | null | node_allowed_mrtd: not a list",
        "node_allowed_mrtd | {} | node_allowed_mrtd: not a list",
        "kms_allowed_rtmr0 | 7 | kms_allowed_rtmr0: not a list",
        "allowed_rtmr2 | [7] | ok",
        "node_allowed_rtmr0 | [\"$H\", 7] | node_allowed_rtmr0[1]: not a text",
        "node_allowed_rtmr0 | [\"$H\", [\"$H\"]] | node_allowed_rtmr0[1]: not a text",
        "node_allowed_rtmr0 | [\"0a0a\"] | node_allowed_rtmr0[0]: expected 96 hex digits",
        "node_allowed_rtmr0 | [\"\"] | node_allowed_rtmr0[0]: expected 96 hex digits",
        "node_allowed_rtmr0 | [\"0x$H\"] | node_allowed_rtmr0[0]: expected 96 hex digits",
        "node_allowed_rtmr0 | [\"$Z\"] | node_allowed_rtmr0[0]: character 0 is not a hex digit",
        "node_allowed_tcb_statuses | [\"Revoked\"] | is rejected whatever a policy says",
        "node_allowed_tcb_statuses | [\"fine\"] | is no TCB status of Intel's",
        "node_allowed_tcb_statuses | \"uptodate\" | node_allowed_tcb_statuses: not a list",
        "kms_allowed_event_payload | \"x\" | kms_allowed_event_payload: not a list",
        "kms_allowed_event_payload | [\"0c\"] | kms_allowed_event_payload[0]: expected 64",
      })
  void mistypedListIsAnErrorAndNoEmptyList(String field, String value, String problem)
      throws Exception {
    ObjectNode root = current();
    String json = value.replace("$H", hex("0a")).replace("$Z", hex("zz"));
    ((ObjectNode) root.get("policy")).set(field, JsonMapper.shared().readTree(json));

    if (problem.equals("ok")) { // not used, for the role's own list is there
      assertThat(locked(root).forNodes().role()).isEqualTo(Role.NODE);
    } else {
      assertRefused(root, problem);
    }
  }

  @Test
  void missingTagOrPolicyIsNamed() {
    ObjectNode withoutTag = current();
    withoutTag.remove("tag");
    ObjectNode withoutPolicy = current();
    withoutPolicy.remove("policy");

    assertRefused(withoutTag, "tag: missing");
    assertRefused(withoutPolicy, "policy: missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "<html>", "{\"tag\":\"1.2.3\",\"tag\":\"1.2.4\"}"})
  void whatIsNoDocumentIsRefused(String text) {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> parse(text))
        .withMessageStartingWith("document: not ");
  }

  @Test
  void textAfterTheDocumentIsRefused() {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> parse(current() + "{}"));
  }

  @Test
  void sizeAndListsAreBounded() {
    String spaces = " ".repeat(PolicyDocument.MAX_SIZE);
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> parse(current() + spaces))
        .withMessageContaining("more than 1048576 bytes");

    ObjectNode root = current();
    var list = ((ObjectNode) root.get("policy")).putArray("node_allowed_mrtd");
    for (int i = 0; i <= 1024; i++) {
      list.add(hex("0a"));
    }
    assertRefused(root, "policy.node_allowed_mrtd: not a list of at most 1024");
  }

  @Test
  void documentsAndListsOfTheLargestSizeAreRead() throws Exception {
    ObjectNode root = current();
    var list = ((ObjectNode) root.get("policy")).putArray("node_allowed_mrtd");
    for (int i = 0; i < 1024; i++) {
      list.add(hex("0a"));
    }
    String text = root.toString();
    assertThat(parse(text + " ".repeat(PolicyDocument.MAX_SIZE - text.length())).tag())
        .isEqualTo(parse(current().toString()).tag());
  }

  @Test
  void messagesCannotForgeLinesAndAreBounded() {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> parse(current().put("tag", "2\n" + "x".repeat(5000))))
        .satisfies(e -> {
          assertThat(e.reason()).doesNotContain("\n").hasSizeLessThan(400);
          assertThat(e.field()).isEqualTo("tag");
        });
  }

  @Test
  void everyPrefixOfADocumentIsRefused() {
    String text = current().toString().toLowerCase(Locale.ROOT);
    Consumer<Integer> cut =
        end ->
            assertThatExceptionOfType(PolicyDocumentException.class)
                .isThrownBy(() -> parse(text.substring(0, end)));
    for (int end = 0; end < text.length(); end += 7) {
      cut.accept(end);
    }
  }
}
