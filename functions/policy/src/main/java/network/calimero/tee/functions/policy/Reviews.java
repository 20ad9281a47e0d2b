package network.calimero.tee.functions.policy;

import java.util.Arrays;
import java.util.List;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Problem;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.release.policy.PolicyDiff;
import network.calimero.tee.release.policy.PolicyLint;
import network.calimero.tee.release.policy.Severity;

/** {@code POST /api/policy/diff} and {@code /lint}: policies side by side, and their weaknesses. */
final class Reviews {
  private static final JsonBounds LARGE = JsonBounds.of(2 * 1024 * 1024).nested(32);
  private static final Problem[] REFUSALS = {
    PolicyProblem.INVALID_TAG,
    PolicyProblem.DOCUMENT_MALFORMED,
    PolicyProblem.RELEASE_NOT_FOUND,
    PolicyProblem.RELEASE_REFUSED,
    PolicyProblem.RELEASE_HOST_FAILED
  };

  private final GivenPolicies policies;

  Reviews(GivenPolicies policies) {
    this.policies = policies;
  }

  List<Endpoint> endpoints() {
    return List.of(diff(), lint());
  }

  private Endpoint diff() {
    Schema body =
        Schema.object()
            .required("before", GivenPolicies.schema())
            .required("after", GivenPolicies.schema())
            .open();
    return Endpoint.post(
            "/api/policy/diff", "what changes from some policies to others", body, LARGE)
        .description("Profile by profile and register by register.")
        .answers("by cohort and list", diffSchema())
        .refuses(REFUSALS)
        .handledBy(request ->
            HttpAnswer.json(
                PolicyDiff.between(
                        policies.read(request, "before"), policies.read(request, "after"))
                    .json()));
  }

  private Endpoint lint() {
    Schema body = Schema.object().required("documents", GivenPolicies.schema()).open();
    return Endpoint.post("/api/policy/lint", "what is weak about some policies", body, LARGE)
        .description("Those of one release are also held against each other.")
        .answers("by document", lintSchema())
        .refuses(REFUSALS)
        .handledBy(request ->
            HttpAnswer.json(PolicyLint.lint(policies.read(request, "documents")).json()));
  }

  private static Schema diffSchema() {
    Schema texts = Schema.list(Schema.text());
    Schema list =
        Schema.object()
            .required("list", Schema.text())
            .required("removed", texts)
            .required("added", texts)
            .required("kept", texts);
    Schema cohort =
        Schema.object()
            .required("cohort", Schema.text())
            .required("document", Schema.text())
            .required("side", Schema.choice(sides()))
            .required("same", Schema.flag())
            .required("lists", Schema.list(list));
    return Schema.object()
        .required("same", Schema.flag())
        .required("cohorts", Schema.list(cohort))
        .named("PolicyDiff");
  }

  private static List<String> sides() {
    return Arrays.stream(PolicyDiff.Side.values()).map(PolicyDiff.Side::text).toList();
  }

  private static Schema lintSchema() {
    Schema finding = Schema.object().required("severity", Schema.choice(severities()));
    for (String field : List.of("code", "subject", "detail", "meaning", "advice")) {
      finding = finding.required(field, Schema.text());
    }
    Schema document =
        Schema.object()
            .required("name", Schema.text())
            .required("sha256", Schema.hex(32))
            .required("form", Schema.text())
            .required("release", Schema.text().orNull())
            .required("findings", Schema.list(finding));
    return Schema.object()
        .required("counts", Schema.mapOf(Schema.integer()))
        .required("documents", Schema.list(document))
        .named("PolicyLint");
  }

  private static List<String> severities() {
    return Arrays.stream(Severity.values()).map(Severity::text).toList();
  }
}
