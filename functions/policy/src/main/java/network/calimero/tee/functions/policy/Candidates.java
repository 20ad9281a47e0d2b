package network.calimero.tee.functions.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.release.policy.PolicyCandidate;
import network.calimero.tee.release.policy.Probe;
import network.calimero.tee.release.policy.ProbeException;
import network.calimero.tee.release.policy.ProbeReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/policy/candidates}: a proposal for people to review, made of what machines prove
 * of themselves (policy-and-releases.md, "Policy candidates").
 */
final class Candidates {
  private static final JsonBounds LARGE = JsonBounds.of(2 * 1024 * 1024).nested(32);
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int NONCE_SIZE = 32;
  private static final String STATUSES = "allowed_tcb_statuses";
  private static final int MAX_STATUSES = 16;

  private final OnlineVerifier verifier;

  Candidates(PolicyParts parts) {
    this.verifier = new OnlineVerifier(parts.verifier(), parts.collateral());
  }

  Endpoint endpoint() {
    Schema answer = Schema.object().open();
    Schema body =
        Schema.object()
            .required("release", Schema.text().describedAs("X.Y.Z that the candidate is for."))
            .optional("profile", Schema.text().describedAs("By default locked-read-only."))
            .optional("kms", answer.describedAs("What a KMS answered to /attest."))
            .optional("node", answer.describedAs("What a node answered to attest."))
            .optional("nonce_b64", Schema.text().describedAs("The 32 bytes that both were sent."))
            .optional("commit", Schema.hex(20))
            .optional(STATUSES, Schema.list(Schema.text()))
            .optional("require_observed_allowed", Schema.flag())
            .open();
    return Endpoint.post(
            "/api/policy/candidates", "a policy to review, from what machines prove", body, LARGE)
        .description(
            "One value per register, taken from the verified quote and nothing else; TCB statuses as"
                + " declared, uptodate and outofdate if none are. No KMS loads a candidate. Without"
                + " nonce_b64 the answers may be old ones: nonce_verified is then null.")
        .answers("the candidate, and what its review should look at first", schema())
        .refuses(
            PolicyProblem.INVALID_TAG,
            PolicyProblem.INVALID_PROFILE,
            PolicyProblem.EVIDENCE_UNUSABLE,
            PolicyProblem.EVIDENCE_REFUSED,
            PolicyProblem.STATUS_NOT_DECLARED,
            PolicyProblem.COLLATERAL_UNAVAILABLE)
        .handledBy(this::answer);
  }

  private static Schema schema() {
    return Schema.object()
        .required("candidate", Schema.object().open())
        .required("nonce_verified", Schema.flag().orNull())
        .required("warnings", Schema.list(Schema.text()));
  }

  private HttpAnswer answer(Request request) throws ApiException {
    Fields body = request.body();
    Optional<Bytes> nonce = body.findBase64(NONCE_SIZE, "nonce_b64");
    PolicyCandidate candidate = candidate(body, nonce, request.call().receivedAt());
    if (body.flag("require_observed_allowed") && !candidate.outside().isEmpty()) {
      throw new ApiException(
          PolicyProblem.STATUS_NOT_DECLARED, String.join("; ", candidate.undeclared()));
    }
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.set("candidate", candidate.json());
    if (nonce.isPresent()) {
      answer.put("nonce_verified", true);
    } else {
      answer.putNull("nonce_verified");
    }
    warnings(candidate, nonce).forEach(answer.putArray("warnings")::add);
    return HttpAnswer.json(answer);
  }

  private PolicyCandidate candidate(Fields body, Optional<Bytes> nonce, Instant now)
      throws ApiException {
    Optional<String> commit = body.findText("commit");
    if (commit.isPresent() && !COMMIT.matcher(commit.get()).matches()) {
      throw new ApiException(ApiProblem.INVALID_FIELD, "commit is not 40 digits of lower-case hex");
    }
    Set<TcbStatus> statuses = statuses(body);
    return new PolicyCandidate(
        Asked.version(body.text("release")),
        Asked.profile(body),
        commit,
        now,
        statuses,
        probes(body, new ProbeReader(nonce), now));
  }

  private List<Probe> probes(Fields body, ProbeReader reader, Instant now) throws ApiException {
    List<Probe> probes = new ArrayList<>();
    for (Role role : List.of(Role.KMS, Role.NODE)) {
      Optional<ObjectNode> answer = body.findObject(role.toString());
      if (answer.isPresent()) {
        probes.add(probe(role, answer.get(), reader, now));
      }
    }
    if (probes.isEmpty()) {
      throw new ApiException(ApiProblem.INVALID_FIELD, "there is neither kms nor node");
    }
    return probes;
  }

  private Probe probe(Role role, ObjectNode answer, ProbeReader reader, Instant now)
      throws ApiException {
    Bytes text = Bytes.of(answer.toString().getBytes(StandardCharsets.UTF_8));
    try {
      return reader.read(role, text, quote -> verified(role, quote, now));
    } catch (ProbeException e) {
      throw new ApiException(
          PolicyProblem.EVIDENCE_UNUSABLE, "%s: %s".formatted(role, e.reason()), e);
    } catch (UnprovenLogException e) {
      throw new ApiException(
          PolicyProblem.EVIDENCE_REFUSED,
          "%s: %s (%s)".formatted(role, e.reason(), e.code().text()),
          e);
    }
  }

  private VerifiedQuote verified(Role role, Quote quote, Instant now) throws ApiException {
    try {
      return verifier.verify(quote, now);
    } catch (VerificationException e) {
      throw new ApiException(
          e.code().isOfCollateral()
              ? PolicyProblem.COLLATERAL_UNAVAILABLE
              : PolicyProblem.EVIDENCE_REFUSED,
          "%s: %s (%s)".formatted(role, e.getMessage(), e.code().text()),
          e);
    } catch (CollateralUnavailableException e) {
      throw new ApiException(
          PolicyProblem.COLLATERAL_UNAVAILABLE, "%s: %s".formatted(role, e.code().text()), e);
    }
  }

  /** In the order given. */
  private static Set<TcbStatus> statuses(Fields body) throws ApiException {
    JsonNode list = body.object().path(STATUSES);
    Set<TcbStatus> statuses = new LinkedHashSet<>();
    if (list.isMissingNode() || list.isNull()) {
      statuses.add(TcbStatus.UP_TO_DATE);
      statuses.add(TcbStatus.OUT_OF_DATE);
      return statuses;
    }
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_STATUSES) {
      throw new ApiException(
          ApiProblem.INVALID_FIELD, STATUSES + " is not a list of 1 to " + MAX_STATUSES);
    }
    for (JsonNode text : list) {
      statuses.add(
          text.asStringOpt()
              .flatMap(TcbStatus::ofAnyCase)
              .filter(status -> status != TcbStatus.REVOKED)
              .orElseThrow(() ->
                  new ApiException(
                      ApiProblem.INVALID_FIELD,
                      STATUSES + " holds what is no TCB status that can be allowed")));
    }
    return statuses;
  }

  private static List<String> warnings(PolicyCandidate candidate, Optional<Bytes> nonce) {
    List<String> warnings = new ArrayList<>(candidate.undeclared());
    if (nonce.isEmpty()) {
      warnings.add("no nonce_b64 was given: the answers may be old ones, played back");
    }
    if (candidate.probes().stream().anyMatch(probe -> !probe.evidence().anchor().isIntel())) {
      warnings.add("verified under a root that is not Intel's: Intel vouches for nothing here");
    }
    warnings.addAll(candidate.weaknesses());
    return warnings;
  }
}
