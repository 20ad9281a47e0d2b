package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.verify.Check.Name;
import network.calimero.tee.functions.verify.VerifyCall.Evidence;
import network.calimero.tee.functions.verify.ita.Opinion;
import network.calimero.tee.functions.verify.ita.TrustAuthority;
import network.calimero.tee.policy.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call's evidence on its way through all checks: what needs no network first, the authority
 * last, and only if nothing failed before. Of one thread.
 */
final class Verification {
  private static final List<String> LOG_FIELDS =
      List.of("eventLog", "event_log", "eventLogB64", "event_log_b64");

  private final VerifyCall call;
  private final Attestation attestation;
  private final Instant now;
  private final Budget budget;
  private final Checks checks = new Checks();
  private OwnVerdict own = new OwnVerdict.Unknown("not_reached", "it was not verified");
  private Opinion ita = new Opinion.None("it was not asked yet");
  private @Nullable ProvenLog log;
  private @Nullable EventLogInput logInput;
  private ReleaseFinder.@Nullable Finding finding;

  Verification(VerifyCall call, Attestation attestation, Instant now, Budget budget) {
    this.call = call;
    this.attestation = attestation;
    this.now = now;
    this.budget = budget;
  }

  VerifyCall call() {
    return call;
  }

  Attestation attestation() {
    return attestation;
  }

  Instant now() {
    return now;
  }

  Checks checks() {
    return checks;
  }

  OwnVerdict own() {
    return own;
  }

  Opinion ita() {
    return ita;
  }

  Optional<EventLogInput> logInput() {
    return Optional.ofNullable(logInput);
  }

  Optional<ProvenLog> provenLog() {
    return Optional.ofNullable(log);
  }

  Optional<ReleaseFinder.Finding> finding() {
    return Optional.ofNullable(finding);
  }

  /**
   * Freshness, from the quote itself.
   *
   * @param nonce what the quote must be for; empty if nobody says
   * @param madeHere whether this verifier chose it
   */
  void freshness(Optional<Bytes> nonce, boolean madeHere) throws ApiException {
    if (nonce.isEmpty()) {
      checks.add(
          Check.notPossible(
              Name.FRESHNESS,
              CheckCode.NO_NONCE.text(),
              "no nonce was given: the quote may be of any age"));
      return;
    }
    if (!attestation.report().reportData().firstHalf().equals(nonce.get())) {
      String found = "the quote was not made for this nonce";
      checks.add(Check.failed(Name.FRESHNESS, VerifyProblem.NONCE_MISMATCH.code(), found));
      throw new ApiException(VerifyProblem.NONCE_MISMATCH, found);
    }
    String whose = madeHere ? "made here for this call" : "as fresh as its sender made it";
    checks.add(Check.passed(Name.FRESHNESS, "the quote holds the nonce, " + whose));
  }

  /** Keys that the quote is bound to. */
  void bindings() throws ApiException {
    if (call.agent()) {
      checks.add(Bindings.agentKeys(attestation, checks));
    }
    checks.add(Bindings.transportKey(attestation, call, checks));
  }

  /** This project's own verdict on the quote. */
  void dcap(OwnVerdict verdict) {
    own = verdict;
    checks.add(
        switch (own) {
          case OwnVerdict.Authentic(VerifiedQuote quote, var _) ->
              Check.passed(
                  Name.DCAP,
                  "genuine under %s%s, TCB status %s"
                      .formatted(
                          quote.anchor().isIntel() ? "" : "a root that is not Intel's: ",
                          quote.anchor().name(),
                          quote.tcb().status()));
          case OwnVerdict.Rejected(var failure, var _) ->
              Check.failed(
                  Name.DCAP,
                  failure.code().text(),
                  "%s; %s".formatted(failure.getMessage(), failure.code().advice()));
          case OwnVerdict.Unknown(String code, String reason, var _) ->
              Check.notPossible(Name.DCAP, code, reason);
        });
  }

  /** The event log, held to the verified quote. */
  void eventLog() {
    checks.add(checkedLog());
  }

  private Check checkedLog() {
    ObjectNode logs = logs();
    if (logs.isEmpty()) {
      return Check.notPossible(
          Name.EVENT_LOG, CheckCode.NO_EVENT_LOG.text(), "there is no event log");
    }
    try {
      EventLogInput input = EventLogInput.find(JsonMapper.shared().writeValueAsBytes(logs));
      if (input.log().events().isEmpty()) {
        return Check.notPossible(
            Name.EVENT_LOG, CheckCode.NO_EVENT_LOG.text(), "the event log is empty");
      }
      logInput = input;
      if (!(own instanceof OwnVerdict.Authentic(VerifiedQuote quote, var _))) {
        return Check.notPossible(
            Name.EVENT_LOG,
            CheckCode.QUOTE_NOT_VERIFIED.text(),
            "a log is worth as much as the quote beside it");
      }
      ProvenLog proven = ProvenLog.prove(input.log(), quote);
      log = proven;
      return Check.passed(
          Name.EVENT_LOG,
          "replaying %d events gives the quote's %s"
              .formatted(
                  input.log().events().size(),
                  proven.provenRegisters().stream()
                      .map(String::valueOf)
                      .collect(Collectors.joining(", "))));
    } catch (EventLogFormatException e) {
      return Check.failed(
          Name.EVENT_LOG, CheckCode.EVENT_LOG_MALFORMED.text(), String.valueOf(e.getMessage()));
    } catch (UnprovenLogException e) {
      return Check.failed(
          Name.EVENT_LOG, e.code().text(), "%s; %s".formatted(e.getMessage(), e.code().advice()));
    }
  }

  /** The logs alone, wherever they are: null is none, and so is an empty text. */
  private ObjectNode logs() {
    ObjectNode logs = JsonMapper.shared().createObjectNode();
    for (String field : LOG_FIELDS) {
      attestation
          .find(field)
          .filter(value -> !value.isString() || !value.stringValue().isBlank())
          .ifPresent(value -> logs.set(field, value));
    }
    return logs;
  }

  private Optional<Bytes> composeHash() {
    return provenLog().flatMap(ProvenLog::composeHash);
  }

  /** Registers and compose document, held to a release. */
  void release(ReleaseFinder finder) {
    if (!(own instanceof OwnVerdict.Authentic(VerifiedQuote quote, var _))) {
      String why = "the quote is not verified";
      checks.add(Check.notPossible(Name.COMPOSE_HASH, CheckCode.QUOTE_NOT_VERIFIED.text(), why));
      checks.add(Check.notPossible(Name.MEASUREMENTS, CheckCode.QUOTE_NOT_VERIFIED.text(), why));
      return;
    }
    ReleaseFinder.Finding found =
        call.agent()
            ? new ReleaseFinder.NotFound(
                false,
                CheckCode.AGENT_POLICY_NEEDED.text(),
                "an agent's registers are held to an agent's policy, which releases of KMSs and"
                    + " nodes do not have")
            : budget
                .within(() -> finder.find(call, quote, composeHash(), roles(), now))
                .orElseGet(() ->
                    new ReleaseFinder.NotFound(
                        false,
                        CheckCode.RELEASES_TIMEOUT.text(),
                        "the releases were not there in time"));
    finding = found;
    ReleaseChecks judged = new ReleaseChecks(found, composeHash());
    checks.add(judged.composeHash());
    checks.add(judged.measurements());
  }

  /** A dstack log is a KMS's; who answers as a node is one. */
  private Set<Role> roles() {
    boolean dstack = logInput().filter(it -> it.log().kind().startsWith("dstack")).isPresent();
    return switch (call.evidence()) {
      case Evidence.Node _ -> EnumSet.of(Role.NODE);
      case Evidence.Kms _ -> EnumSet.of(Role.KMS);
      case Evidence.Pasted _ -> dstack ? EnumSet.of(Role.KMS) : EnumSet.of(Role.KMS, Role.NODE);
    };
  }

  /** The authority's verdict, and whether both agree. */
  void authority(TrustAuthority authority) {
    if (isOfNoNewRelease()) {
      authority(new Opinion.None("it is of none of the newest releases; name the one it is of"));
    } else if (own instanceof OwnVerdict.Authentic && !checks.anyFailed()) {
      // An answer may take several requests, each with a time of its own: all of them have to do.
      authority(
          budget
              .within(() ->
                  authority.ask(attestation.quote(), attestation.report(), now, budget.left()))
              .orElseGet(() -> new Opinion.None("it gave no answer in time")));
    } else {
      authority(new Opinion.None("an own check failed, or was not possible, before"));
    }
  }

  /** As any machine of anybody's is: asking about all of them would use the authority's key up. */
  private boolean isOfNoNewRelease() {
    return checks
        .find(Name.MEASUREMENTS)
        .filter(check -> check.code().equals(CheckCode.NO_NEW_RELEASE_FITS.text()))
        .isPresent();
  }

  /** The same where that is known. */
  void authority(Opinion opinion) {
    ita = opinion;
    checks.add(authorityCheck());
    checks.add(agreement());
  }

  private Check authorityCheck() {
    return switch (ita) {
      case Opinion.None(String reason) ->
          Check.notPossible(Name.ITA, CheckCode.NO_SECOND_VERDICT.text(), reason);
      case Opinion.Declined(int status) ->
          Check.failed(
              Name.ITA,
              CheckCode.AUTHORITY_DECLINED.text(),
              "it refused the quote with status " + status);
      case Opinion.Answered answered ->
          switch (answered.outcome()) {
            case Opinion.Proven(var token) ->
                Check.passed(
                    Name.ITA,
                    "its token holds and is about this quote, TCB status %s, asked at %s"
                        .formatted(token.statusText(), answered.askedAt()));
            case Opinion.Refused(var fault, String reason) ->
                Check.failed(Name.ITA, fault.code(), "its token is not believed: " + reason);
          };
    };
  }

  private Check agreement() {
    if (!(own instanceof OwnVerdict.Authentic(VerifiedQuote quote, var _))
        || !(ita instanceof Opinion.Answered answered)
        || !(answered.outcome() instanceof Opinion.Proven(var token))) {
      return Check.notPossible(
          Name.AGREEMENT,
          CheckCode.ONE_VERDICT_ONLY.text(),
          "there are not two verdicts to compare");
    }
    TcbStatus ours = quote.tcb().status();
    String both = "own verdict %s, authority's %s".formatted(ours, token.statusText());
    return token.status().equals(Optional.of(ours))
        ? Check.passed(Name.AGREEMENT, both)
        : Check.failed(Name.AGREEMENT, CheckCode.VERDICTS_DIFFER.text(), both);
  }
}
