package network.calimero.tee.functions.verify;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.Shortfall;
import network.calimero.tee.dcap.Step;
import network.calimero.tee.dcap.TcbEvaluation;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.Register;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.functions.verify.ita.Opinion;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verdict, or as much of one as there is, as JSON. */
final class VerdictJson {
  private static final int MAX_STEPS = 256;

  private final Verification verification;
  private final ObjectNode verdict = JsonMapper.shared().createObjectNode();

  private VerdictJson(Verification verification) {
    this.verification = verification;
  }

  static ObjectNode of(Verification verification) {
    return new VerdictJson(verification).write();
  }

  private ObjectNode write() {
    verdict.put("result", verification.checks().result());
    verdict.put("verifiedAt", verification.now().toString());
    ArrayNode checks = verdict.putArray("checks");
    verification.checks().all().forEach(check -> put(checks.addObject(), check));
    verdicts();
    dcap(verdict.putObject("dcap"));
    new ReleaseJson(verification).put(verdict);
    replay();
    return verdict;
  }

  private static void put(ObjectNode entry, Check check) {
    entry.put("name", check.name().text());
    entry.put("result", check.result().text());
    if (!check.code().isEmpty()) {
      entry.put("code", check.code());
    }
    entry.put("detail", check.detail());
  }

  /** Which verdicts there are, and whether they agree. */
  private void verdicts() {
    ObjectNode both = verdict.putObject("verdicts");
    both.put("dcap", ownStatus().map(TcbStatus::text).orElse(null));
    both.put("ita", itaStatus().orElse(null));
    both.put(
        "agree",
        verification
            .checks()
            .find(Check.Name.AGREEMENT)
            .filter(check -> check.result() != Check.Result.NOT_POSSIBLE)
            .map(check -> check.result() == Check.Result.PASSED)
            .orElse(null));
  }

  private Optional<TcbStatus> ownStatus() {
    return verification.own() instanceof OwnVerdict.Authentic(VerifiedQuote quote, var _)
        ? Optional.of(quote.tcb().status())
        : Optional.empty();
  }

  private Optional<String> itaStatus() {
    return verification.ita() instanceof Opinion.Answered answered
            && answered.outcome() instanceof Opinion.Proven(var token)
        ? Optional.of(token.statusText())
        : Optional.empty();
  }

  private void dcap(ObjectNode dcap) {
    ArrayNode steps = dcap.putArray("steps");
    for (Step step : Step.values()) {
      if (step != Step.FORM) {
        steps
            .addObject()
            .put("step", step.number())
            .put("title", step.title())
            .put("outcome", outcome(step));
      }
    }
    if (verification.own() instanceof OwnVerdict.Authentic(VerifiedQuote quote, var _)) {
      ObjectNode root = dcap.putObject("root");
      root.put("name", quote.anchor().name()).put("sha256", quote.anchor().fingerprint());
      root.put("intel", quote.anchor().isIntel());
      dcap.put("fmspc", quote.platform().fmspc().toString());
      tcb(dcap, quote.tcb());
      dcap.put("validUntil", quote.collateral().earliestExpiry().toString());
    }
  }

  private static void tcb(ObjectNode dcap, TcbEvaluation tcb) {
    dcap.put("tcbStatus", tcb.status().text());
    dcap.put("tcbDate", tcb.date().toString());
    ArrayNode advisories = dcap.putArray("advisoryIds");
    tcb.advisoryIds().forEach(advisories::add);
    ArrayNode shortfalls = dcap.putArray("shortfalls");
    for (Shortfall shortfall : tcb.shortfalls()) {
      shortfalls.addObject().put("what", shortfall.text()).put("remedy", shortfall.part().remedy());
    }
  }

  /**
   * With collateral that is fetched the chain comes first, so that before a step that failed only
   * those are said to have passed that its failure proves to have been reached.
   */
  private String outcome(Step step) {
    return switch (verification.own()) {
      case OwnVerdict.Authentic _ -> "passed";
      case OwnVerdict.Unknown _ -> "not_reached";
      case OwnVerdict.Rejected(var failure, var collateral) -> {
        if (failure.step() == step) {
          yield "failed";
        }
        boolean before = step.number() < failure.step().number();
        yield before && collateral.isPresent() ? "passed" : "not_reached";
      }
    };
  }

  /** RTMR3 step by step, for people who want to do it again. */
  private void replay() {
    Optional<EventLogInput> input = verification.logInput();
    if (input.isEmpty()) {
      verdict.putNull("eventLog");
      return;
    }
    ObjectNode log = verdict.putObject("eventLog");
    log.put("proven", verification.provenLog().isPresent());
    log.put("kind", input.get().log().kind());
    log.put("events", input.get().log().events().size());
    log.put(
        "composeHash",
        verification.provenLog().flatMap(it -> it.composeHash()).map(Bytes::hex).orElse(null));
    log.put(
        "appId", verification.provenLog().flatMap(it -> it.appId()).map(Bytes::hex).orElse(null));
    Replay replay = Replay.of(input.get().log());
    log.put("rtmr3", replay.value(Register.RTMR3).hex());
    ArrayNode steps = log.putArray("rtmr3Steps");
    replay.steps().stream()
        .filter(step -> step.event().register() == Register.RTMR3)
        .limit(MAX_STEPS)
        .forEach(step -> put(steps.addObject(), step));
  }

  private static void put(ObjectNode entry, Replay.Step step) {
    entry.put("index", step.event().index());
    entry.put("name", step.event().name());
    entry.put("payload", step.event().payload().hex());
    entry.put("digest", step.event().digest().hex());
    entry.put("after", step.after() == null ? "" : step.after().hex());
  }
}
