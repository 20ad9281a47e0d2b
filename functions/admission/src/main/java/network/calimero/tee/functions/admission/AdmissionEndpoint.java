package network.calimero.tee.functions.admission;

import java.lang.System.Logger.Level;
import java.util.List;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/admission}. A verdict has {@code admitted} true (200) or false (403); whatever
 * has not is none, so that "no", "don't know" and a platform's own 403 never look alike.
 */
final class AdmissionEndpoint {
  /** Where it is. */
  static final String PATH = "/api/admission";

  /** Bytes of a body: quote and certificate request are some kilobytes each. */
  static final int MAX_BODY = 256 * 1024;

  private static final int REFUSED = 403;
  private static final int MAX_PEER = 100;

  private final Admission admission;
  private final AllowedCallers callers;
  private final EventLog log;
  private final boolean simulated;

  private AdmissionEndpoint(Admission admission, AdmissionParts parts) {
    this.admission = admission;
    this.callers = parts.callers();
    this.log = parts.log();
    this.simulated = parts.isSimulated();
  }

  /** Decisions for the callers who may ask; each is told to the log. */
  static Endpoint of(Admission admission, AdmissionParts parts) {
    AdmissionEndpoint own = new AdmissionEndpoint(admission, parts);
    return Endpoint.post(PATH, "whether a node gets in", body(), JsonBounds.of(MAX_BODY))
        .description(
            "A verdict has `admitted` true (status 200) or false (403); without that field, or with"
                + " null in it, there is none, and the challenge is not spent. Challenges are the"
                + " caller's to give out, to time and to spend; the one judged by is echoed."
                + " `attested` is a genuine quote bound to the registration and to merod's"
                + " registration constant; `claimed` is anything less and refused unless enabled.")
        .callersOnly()
        .answers("admitted", DecisionJson.schema())
        .answers(
            REFUSED,
            "refused by a verdict; or the caller is (`caller_required`: no verdict)",
            Schema.oneOf(DecisionJson.schema(), DecisionJson.noVerdict()))
        .refuses(AdmissionProblem.values())
        .refuses(ApiProblem.NOT_CONFIGURED)
        .handledBy(own::answer);
  }

  /** The same where settings are missing: it says so to its callers, and decides nothing. */
  static Endpoint notConfigured(String what) {
    return Endpoint.post(PATH, "whether a node gets in", body(), JsonBounds.of(MAX_BODY))
        .callersOnly()
        .answers("admitted", DecisionJson.schema())
        .refuses(ApiProblem.NOT_CONFIGURED)
        .handledBy(_ -> {
          throw withoutVerdict(new ApiException(ApiProblem.NOT_CONFIGURED, what));
        });
  }

  private static Schema body() {
    return Schema.object()
        .required("peer_id", Schema.text().describedAs("The node's libp2p peer ID."))
        .optional("mrtd", Schema.text().describedAs("As the node reports it, 96 hex digits."))
        .optional("executor_account", Schema.text())
        .optional("relay_url", Schema.text())
        .optional("challenge", Schema.text().describedAs("As the caller gave it out."))
        .optional("quote", Schema.text().describedAs("TDX quote, base64."))
        .optional("csr", Schema.text().describedAs("Exactly as the node sent it."))
        .optional("release", Schema.text().describedAs("Only this one: mero-tee-vX.Y.Z."))
        .optional("profile", Schema.text().describedAs("Only this one."))
        .open();
  }

  private HttpAnswer answer(Request request) throws ApiException {
    Caller caller = request.caller().orElseThrow();
    requireAllowed(caller);
    Registration registration = Registration.read(request.body());
    try {
      Decision decision = admission.decide(registration, request.call().receivedAt());
      tell(request.id(), decision);
      return HttpAnswer.json(
          decision.admitted() ? 200 : REFUSED, DecisionJson.of(decision, caller, simulated));
    } catch (ApiException e) {
      throw withoutVerdict(e);
    }
  }

  private void requireAllowed(Caller caller) throws ApiException {
    if (!callers.isAnybody()) {
      throw withoutVerdict(
          new ApiException(ApiProblem.NOT_CONFIGURED, "ADMISSION_CALLERS lists nobody"));
    }
    if (!callers.allows(caller)) {
      throw withoutVerdict(
          new ApiException(
              ApiProblem.CALLER_REQUIRED, "the caller is proven, and not among those who may ask"));
    }
  }

  private static ApiException withoutVerdict(ApiException e) {
    ObjectNode none = JsonMapper.shared().createObjectNode();
    return e.with(none.putNull("admitted"));
  }

  private void tell(String id, Decision decision) {
    List<String> codes = decision.reasons().stream().map(reason -> reason.code().text()).toList();
    log.tell(
        LogEvent.of(Level.INFO, "admission")
            .with("requestId", id)
            .with("peerId", PlainText.bounded(decision.registration().peerId(), MAX_PEER))
            .with("admitted", decision.admitted())
            .with("assurance", decision.assurance().map(Assurance::text).orElse("none"))
            .with("cohort", decision.match().cohort().map(Cohort::toString).orElse("none"))
            .with("reasons", codes));
  }
}
