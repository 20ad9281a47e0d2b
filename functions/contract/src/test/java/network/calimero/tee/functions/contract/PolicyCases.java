package network.calimero.tee.functions.contract;

import static network.calimero.tee.functions.contract.Replies.answered;
import static network.calimero.tee.functions.contract.Replies.refusing;
import static network.calimero.tee.functions.contract.Surroundings.PROFILE;
import static network.calimero.tee.functions.contract.Surroundings.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import network.calimero.tee.functions.contract.ContractCases.Case;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Releases and policies at every target. */
final class PolicyCases {
  private static final String KMS = "mero-kms-v" + VERSION;
  private static final String POLICY = "/api/policy?tag=%s&profile=%s".formatted(KMS, PROFILE);

  private final Surroundings surroundings;

  PolicyCases(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void addTo(Map<String, Case> cases) {
    cases.put("policy: the newest releases", PolicyCases::newest);
    cases.put("policy: a policy, byte for byte", this::policy);
    cases.put("policy: what is unchanged is not sent again", PolicyCases::unchanged);
    cases.put(
        "policy: what node images measure",
        target -> {
          Reply reply = target.send(Ask.get("/api/node-policy?tag=mero-tee-v" + VERSION));
          answered(reply, 200);
          assertThat(reply.json().path("profiles").has(PROFILE)).isTrue();
        });
    cases.put(
        "policy: which images belong together",
        target ->
            assertThat(target.send(Ask.get("/api/compat-map?tag=" + KMS)).body())
                .isEqualTo(surroundings.asset("kms-compatibility-map.json")));
    cases.put("policy: merod's configuration in TOML and in JSON", PolicyCases::configuration);
    cases.put("policy: a candidate", this::candidate);
    cases.put("policy: a difference, and weaknesses", PolicyCases::reviews);
    refusals(cases);
  }

  private static void refusals(Map<String, Case> cases) {
    cases.put(
        "policy: a tag that is none",
        refusing(Ask.get("/api/compat-map?tag=mero-kms-v1.2.3-rc.1"), 400, "invalid_tag"));
    cases.put(
        "policy: a release that nobody made",
        refusing(Ask.get("/api/compat-map?tag=mero-kms-v9.9.9"), 404, "release_not_found"));
    cases.put(
        "policy: HEAD",
        target -> assertThat(target.send(Ask.of("HEAD", POLICY)).status()).isEqualTo(405));
    cases.put(
        "policy: a parameter twice",
        refusing(Ask.get(POLICY + "&profile=debug"), 400, "invalid_query"));
  }

  private static void newest(Target target) throws Exception {
    Reply reply = target.send(Ask.get("/api/releases?limit=2"));
    answered(reply, 200);
    assertThat(reply.json().path("releases").size()).isEqualTo(2);
    assertThat(reply.json().at("/releases/0/verified").booleanValue()).isTrue();
    assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=300");
  }

  private void policy(Target target) throws Exception {
    Reply reply = target.send(Ask.get(POLICY).with("Origin", "https://verify.example.org"));
    answered(reply, 200);
    assertThat(reply.body())
        .isEqualTo(surroundings.asset("kms-attestation-policy.%s.json".formatted(PROFILE)));
    assertThat(reply.header("X-Mero-Verified")).startsWith("sigstore;");
    assertThat(reply.header("X-Mero-Tee")).isEqualTo("SIMULATED");
    assertThat(reply.all("Access-Control-Allow-Origin")).containsExactly("*");
  }

  private static void unchanged(Target target) throws Exception {
    Reply first = target.send(Ask.get(POLICY));
    Reply second = target.send(Ask.get(POLICY).with("If-None-Match", first.header("ETag")));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body().isEmpty()).isTrue();
    assertThat(second.header("ETag")).isNotEmpty().isEqualTo(first.header("ETag"));
    assertThat(second.header("Cache-Control")).isEqualTo("public, max-age=300");
  }

  private static void configuration(Target target) throws Exception {
    ObjectNode body = object().put("tag", VERSION).put("kms_url", "https://kms.example.org");
    Reply toml = target.send(Ask.post("/api/policy/merod-config", body.toString()));
    assertThat(toml.status()).as(toml::text).isEqualTo(200);
    assertThat(toml.header("Content-Type").replace(" ", ""))
        .isEqualToIgnoringCase("application/toml;charset=utf-8");
    assertThat(toml.text()).startsWith("# Generated from mero-tee release").endsWith("\n");
    body.put("format", "json");
    answered(target.send(Ask.post("/api/policy/merod-config", body.toString())), 200);
  }

  private void candidate(Target target) throws Exception {
    ObjectNode body = object().put("release", VERSION);
    body.put("nonce_b64", Base64.getEncoder().encodeToString(Surroundings.NONCE));
    body.putObject("node").put("quoteB64", surroundings.quote());
    Reply reply = target.send(Ask.post("/api/policy/candidates", body.toString()));
    answered(reply, 200);
    assertThat(reply.json().path("nonce_verified").booleanValue()).as(reply::text).isTrue();
  }

  private static void reviews(Target target) throws Exception {
    ObjectNode diff = object();
    diff.putArray("before").addObject().put("release", VERSION);
    diff.putArray("after").addObject().put("release", VERSION);
    JsonNode same = target.send(Ask.post("/api/policy/diff", diff.toString())).json();
    assertThat(same.path("same").booleanValue()).as(same.toString()).isTrue();
    ObjectNode lint = object();
    lint.putArray("documents").addObject().put("release", VERSION);
    Reply found = target.send(Ask.post("/api/policy/lint", lint.toString()));
    answered(found, 200);
    assertThat(found.json().at("/documents/0/release").asString()).isEqualTo(VERSION);
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }
}
