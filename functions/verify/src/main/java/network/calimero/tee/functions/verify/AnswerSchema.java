package network.calimero.tee.functions.verify;

import java.util.Arrays;
import java.util.Locale;
import network.calimero.tee.functions.api.Schema;

/** What callers send and what they are answered, for the API's description. */
final class AnswerSchema {
  private AnswerSchema() {}

  static Schema body() {
    return Schema.object()
        .optional("node_url", Schema.text().describedAs("a node to ask for fresh evidence"))
        .optional("kms_url", Schema.text().describedAs("a KMS to ask for fresh evidence"))
        .optional(
            "attestation",
            Schema.object().open().describedAs("what a KMS, node or agent's gate answered"))
        .optional("nonce_b64", Schema.text().describedAs("base64 of the 32 bytes that were sent"))
        .optional(
            "binding_b64",
            Schema.text()
                .describedAs(
                    "with a pasted attestation: base64 of the 32 bytes that the machine was asked to"
                        + " bind its transport key to, if not its default"))
        .optional("agent", Schema.flag().describedAs("verify the keys of an agent's gate, too"))
        .optional(
            "release_tag",
            Schema.text().describedAs("the release to hold it to; else the newest that fits"))
        .optional("profile", Schema.choice("debug", "debug-read-only", "locked-read-only"))
        .open()
        .describedAs("a body with neither node_url, kms_url nor attestation is the attestation");
  }

  static Schema answer() {
    Schema open = Schema.object().open();
    return Schema.object()
        .required("attestation", open)
        .required("ita_response", open.orNull())
        .required("ita_token", Schema.text().orNull())
        .required("ita_token_verified", Schema.flag().orNull())
        .required("ita_claims", open.orNull())
        .required("nonce_verified", Schema.flag().orNull())
        .required("transport_verified", Schema.flag().orNull())
        .optional("agent_keys_verified", Schema.flag())
        .optional("agent_keys", agentKeys())
        .required("nonce_b64", Schema.text().orNull())
        .required("nonce_from", Schema.choice("verifier", "caller").orNull())
        .required("verdict", verdict())
        .required("collateral", open.orNull())
        .optional("simulated", Schema.flag())
        .describedAs("null means not checked, never passed")
        .named("Verified");
  }

  private static Schema agentKeys() {
    return Schema.object()
        .required(Bindings.PROVISIONING_KEY, Schema.text())
        .required(Bindings.SIGNING_KEY, Schema.text())
        .required(Bindings.OWNER_KEY, Schema.text().orNull());
  }

  private static Schema verdict() {
    return Schema.object()
        .required("result", Schema.choice("passed", "failed", "incomplete"))
        .required("verifiedAt", Schema.text())
        .required("checks", Schema.list(check()))
        .required(
            "verdicts",
            Schema.object()
                .required("dcap", Schema.text().orNull())
                .required("ita", Schema.text().orNull())
                .required("agree", Schema.flag().orNull()))
        .required("dcap", dcap())
        .required("release", release().orNull())
        .required("measurements", Schema.list(register()).orNull())
        .required("eventLog", eventLog().orNull())
        .named("Verdict");
  }

  private static Schema check() {
    return Schema.object()
        .required("name", names(Check.Name.values()))
        .required("result", names(Check.Result.values()))
        .optional("code", Schema.text("[a-z0-9_]+"))
        .required("detail", Schema.text())
        .named("Check");
  }

  private static Schema names(Enum<?>... values) {
    return Schema.choice(
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static Schema dcap() {
    return Schema.object()
        .required(
            "steps",
            Schema.list(
                Schema.object()
                    .required("step", Schema.integer())
                    .required("title", Schema.text())
                    .required("outcome", Schema.choice("passed", "failed", "not_reached"))))
        .optional(
            "root",
            Schema.object()
                .required("name", Schema.text())
                .required("sha256", Schema.hex(32))
                .required("intel", Schema.flag()))
        .optional("fmspc", Schema.text())
        .optional("tcbStatus", Schema.text())
        .optional("tcbDate", Schema.text())
        .optional("advisoryIds", Schema.list(Schema.text()))
        .optional(
            "shortfalls",
            Schema.list(
                Schema.object().required("what", Schema.text()).required("remedy", Schema.text())))
        .optional("validUntil", Schema.text());
  }

  private static Schema release() {
    return Schema.object()
        .required("version", Schema.text())
        .required("role", Schema.choice("kms", "node"))
        .required("profiles", Schema.list(Schema.text()))
        .required("foundBy", Schema.choice("name", "compose_hash", "measurements"))
        .required("composeHashes", Schema.list(Schema.hex(32)))
        .required(
            "documents",
            Schema.list(
                Schema.object()
                    .required("asset", Schema.text())
                    .required("family", Schema.text())
                    .required("sha256", Schema.hex(32))
                    .required("signedBy", Schema.text())
                    .required("logIndex", Schema.integer())
                    .required("files", files())));
  }

  private static Schema files() {
    return Schema.mapOf(Schema.text())
        .describedAs(
            "the document, its signature, certificate and bundle as published: base64 by name");
  }

  private static Schema register() {
    return Schema.object()
        .required("register", Schema.choice("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3"))
        .required("value", Schema.hex(48))
        .required("allowed", Schema.list(Schema.hex(48)))
        .required("accepted", Schema.flag());
  }

  private static Schema eventLog() {
    return Schema.object()
        .required("proven", Schema.flag())
        .required("kind", Schema.text())
        .required("events", Schema.integer())
        .required("composeHash", Schema.hex(32).orNull())
        .required("appId", Schema.text().orNull())
        .required("rtmr3", Schema.hex(48))
        .required(
            "rtmr3Steps",
            Schema.list(
                Schema.object()
                    .required("index", Schema.integer())
                    .required("name", Schema.text())
                    .required("payload", Schema.text())
                    .required("digest", Schema.hex(48))
                    .required("after", Schema.text())));
  }
}
