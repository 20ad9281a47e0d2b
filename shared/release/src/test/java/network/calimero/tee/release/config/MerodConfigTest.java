package network.calimero.tee.release.config;

import static network.calimero.tee.release.policy.PolicyText.clusterPolicy;
import static network.calimero.tee.release.policy.PolicyText.list;
import static network.calimero.tee.release.policy.PolicyText.lists;
import static network.calimero.tee.release.policy.PolicyText.policy;
import static network.calimero.tee.release.policy.PolicyText.value;
import static network.calimero.tee.release.policy.PolicyText.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.Corpus;
import network.calimero.tee.release.policy.PolicyText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MerodConfigTest {
  private static final String LOCKED = "locked-read-only";
  private static final KmsUrl URL = KmsUrl.of("https://kms.example.org");
  private static final PolicyAsset ASSET = new PolicyAsset("policy.locked-read-only.json", false);

  private static MerodConfig make(Layout layout, String tag, Bytes policy) throws Exception {
    return new MerodConfigMaker(tag, Profile.LOCKED_READ_ONLY, URL, layout).make(ASSET, policy);
  }

  private static MerodConfig make(Layout layout, String tag, ObjectNode policy) throws Exception {
    return make(layout, tag, PolicyText.bytes(policy));
  }

  private static String texts(String... values) {
    return "[\"" + String.join("\",\"", values) + "\"]";
  }

  @Test
  void writesTheTextOfEachGeneration() throws Exception {
    String compose = Sha256.of("compose " + LOCKED).hex();
    String lists =
        """
        enabled = true
        accept_mock = false
        allowed_tcb_statuses = ["uptodate"]
        allowed_mrtd = %s
        allowed_rtmr0 = %s
        allowed_rtmr1 = %s
        allowed_rtmr2 = %s
        allowed_rtmr3 = %s
        """
            .formatted(
                texts(value("kms mrtd")),
                texts(value("kms rtmr0")),
                texts(value("kms rtmr1")),
                texts(value("kms rtmr2 " + LOCKED)),
                texts(value("kms rtmr3 " + LOCKED)));
    String head =
        """
        # Generated from mero-tee release %s (commit 5555555555555555555555555555555555555555, profile locked-read-only)
        [tee]
        """;
    String phala =
        """
        [tee.kms.phala]
        url = "https://kms.example.org/"
        [tee.kms.phala.attestation]
        """;
    String phalaBinding = "binding_b64 = \"IyP+rOn9F1GomrK+u4q6FF80OjaI49FlXtQo6wdm45Y=\"\n";

    assertThat(make(Layout.PHALA, "2.3.40", policy("2.3.40", LOCKED)).toml(false))
        .isEqualTo(head.formatted("2.3.40") + phala + lists + phalaBinding);
    assertThat(
            make(Layout.PHALA_WITH_COMPOSE_HASH, "mero-kms-v2.3.73", policy("2.3.73", LOCKED))
                .toml(false))
        .isEqualTo(
            head.formatted("mero-kms-v2.3.73")
                + phala
                + lists
                + "allowed_compose_hashes = %s\n".formatted(texts(compose))
                + phalaBinding);
    assertThat(make(Layout.CLUSTER, "2.3.112", clusterPolicy("2.3.112", LOCKED)).toml(false))
        .isEqualTo(
            head.formatted("2.3.112")
                + """
                [tee.kms]
                url = "https://kms.example.org/"
                [tee.kms.attestation]
                """
                + lists
                + "binding_b64 = \"%s\"\n"
                    .formatted(
                        clusterPolicy("2.3.112", LOCKED)
                            .at("/kms/default_binding_b64")
                            .stringValue()));
  }

  @Test
  void keepsTheOrderOfValuesAndFallsBackToListsWithoutPrefix() throws Exception {
    ObjectNode policy =
        with(
            policy("2.3.40", LOCKED),
            it -> {
              list(lists(it), "kms_allowed_rtmr0", value("b"), value("a"), value("b"));
              lists(it).remove("kms_allowed_rtmr1");
              list(lists(it), "allowed_rtmr1", value("c").toUpperCase(java.util.Locale.ROOT));
              list(lists(it), "kms_allowed_tcb_statuses", "UpToDate", "OutOfDate");
            });

    String text = make(Layout.PHALA, "2.3.40", policy).toml(false);

    assertThat(text)
        .contains(
            "allowed_rtmr0 = " + texts(value("b"), value("a")) + "\n",
            "allowed_rtmr1 = " + texts(value("c")) + "\n",
            "allowed_tcb_statuses = [\"uptodate\",\"outofdate\"]\n");
    assertThat(make(Layout.PHALA, "2.3.40", policy).toml(false)).isEqualTo(text);
  }

  @Test
  void explainsWhereEachValueComesFrom() throws Exception {
    ObjectNode policy = policy("2.3.73", LOCKED);
    String sha256 = Sha256.of(PolicyText.bytes(policy)).hex();

    MerodConfig config = make(Layout.PHALA_WITH_COMPOSE_HASH, "2.3.73", policy);
    String explained = config.toml(true);

    assertThat(explained)
        .contains(
            "# policy.kms_allowed_rtmr3 of policy.locked-read-only.json, SHA-256 %s\nallowed_rtmr3 ="
                .formatted(sha256),
            "# as given\nurl =",
            "# fixed: evidence is always checked, and never of a mock\naccept_mock = false");
    assertThat(explained.lines().filter(line -> !line.startsWith("# ")))
        .containsExactlyElementsOf(
            config.toml(false).lines().filter(line -> !line.startsWith("# ")).toList());
    JsonNode json = config.json();
    assertThat(json.at("/config/tee/kms/phala/url").stringValue())
        .isEqualTo("https://kms.example.org/");
    assertThat(json.at("/config/tee/kms/phala/attestation/allowed_mrtd")).hasSize(1);
    assertThat(
            json.path("origins")
                .path("tee.kms.phala.attestation.allowed_mrtd")
                .path("sha256")
                .stringValue())
        .isEqualTo(sha256);
  }

  @Test
  void writesTheConfigurationOfARealRelease() throws Exception {
    Bytes policy = Corpus.bytes("signed-policy/kms-phala-attestation-policy.locked-read-only.json");

    MerodConfig config = make(Layout.PHALA_WITH_COMPOSE_HASH, "2.3.71", policy);

    assertThat(config.commit()).isEqualTo("762b373b3aa616088137a782454fe03b041033fd");
    assertThat(config.toml(false))
        .contains(
            "allowed_tcb_statuses = [\"uptodate\",\"outofdate\"]\n",
            "allowed_compose_hashes ="
                + " [\"20b1cdee230f9e68e37f61f8c9cd26470129e12d0b7b9515c2b1f17ffb4e2091\"]\n",
            "binding_b64 = \"IyP+rOn9F1GomrK+u4q6FF80OjaI49FlXtQo6wdm45Y=\"\n");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("commit_sha", it -> it.put("commit_sha", "5".repeat(39) + "\n")),
        refused("commit_sha", it -> it.remove("commit_sha")),
        refused("tag", it -> it.put("tag", "2.3.41")),
        refused("role", it -> it.put("role", "node")),
        refused("profile", it -> it.put("profile", "debug")),
        refused("profile", it -> it.remove("profile")),
        refused("kms.default_binding_b64", it -> it.remove("kms")),
        refused(
            "kms.default_binding_b64",
            it -> it.set("kms", clusterPolicy("2.3.40", LOCKED).path("kms"))),
        refused(
            "kms.default_binding_hex",
            it -> ((ObjectNode) it.path("kms")).put("default_binding_hex", "0".repeat(64))),
        refused("policy.kms_allowed_rtmr2", it -> list(lists(it), "kms_allowed_rtmr2")),
        refused("policy.kms_allowed_mrtd[0]", it -> list(lists(it), "kms_allowed_mrtd", "\"] #")),
        refused(
            "policy.kms_allowed_tcb_statuses[0]",
            it -> list(lists(it), "kms_allowed_tcb_statuses", "revoked")));
  }

  private static Arguments refused(String field, Consumer<ObjectNode> change) {
    return Arguments.of(field, with(policy("2.3.40", LOCKED), change));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void writesOnlyAcceptedValues(String field, ObjectNode policy) {
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> make(Layout.PHALA, "2.3.40", policy))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }
}
