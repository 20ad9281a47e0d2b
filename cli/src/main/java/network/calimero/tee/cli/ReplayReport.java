package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.LoggedEvent;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.Register;
import network.calimero.tee.eventlog.RegisterComparison;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.node.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A replay for people and for programs.
 *
 * @param allowed the TCB statuses that are allowed
 */
record ReplayReport(
    EventLogInput input, Replay replay, ReplayOutcome outcome, Set<TcbStatus> allowed) {
  private static final int MAX_PAYLOAD = 160;

  int exit() {
    return switch (outcome) {
      case ReplayOutcome.NoQuote _ -> Exits.OK;
      case ReplayOutcome.Compared compared ->
          compared.failure() == null ? Exits.OK : Exits.REJECTED;
      case ReplayOutcome.Refuted _ -> Exits.REJECTED;
      case ReplayOutcome.Proven proven -> statusAllowed(proven) ? Exits.OK : Exits.NOT_ALLOWED;
    };
  }

  private boolean statusAllowed(ReplayOutcome.Proven proven) {
    return allowed.contains(proven.log().quote().tcb().status());
  }

  String text() {
    Page page = new Page();
    verdict(page);
    page.line("");
    String place = input.field() == null ? "" : " in JSON field " + input.field();
    page.line("Found: %s%s, %d events".formatted(input.log().kind(), place, replay.steps().size()));
    if (outcome instanceof ReplayOutcome.Proven proven) {
      facts(page, proven.log());
    }
    registers(page);
    page.group("Steps");
    replay.steps().forEach(step -> step(page, step));
    return page.toString();
  }

  /** The first line stands for itself, for it is the one that is copied. */
  private void verdict(Page page) {
    switch (outcome) {
      case ReplayOutcome.NoQuote _ -> {
        page.line(
            "NOTHING IS PROVEN: this is what the log claims, with no quote to compare it with");
        page.line("  What to do: give --quote FILE, and --collateral FILE or --pccs URL");
      }
      case ReplayOutcome.Compared compared -> {
        if (compared.failure() == null) {
          page.line(
              "NOTHING IS PROVEN: the log agrees with the quote, but the quote is not verified");
          page.line("  What to do: give --collateral FILE or --pccs URL");
        } else {
          rejected(page, compared.failure());
          page.line("  The quote was read, not verified.");
        }
      }
      case ReplayOutcome.Refuted refuted -> rejected(page, refuted.failure());
      case ReplayOutcome.Proven proven -> proven(page, proven);
    }
  }

  private static void rejected(Page page, Failure failure) {
    page.line("REJECTED: " + failure.message());
    page.line("  What to do: " + failure.advice());
  }

  private void proven(Page page, ReplayOutcome.Proven proven) {
    String registers = names(proven.log());
    String under = proven.anchor().isIntel() ? "" : " under a root that is NOT Intel's";
    String status = proven.log().quote().tcb().status().text();
    String judged = statusAllowed(proven) ? "is allowed" : "is NOT ALLOWED";
    page.line(
        "PROVEN for %s by a verified quote%s; TCB status %s %s"
            .formatted(registers, under, status, judged));
    page.line("  Facts are as good as the system that measured them: judge MRTD and RTMR0-2 too.");
  }

  private static String names(ProvenLog log) {
    return log.provenRegisters().stream().map(Register::name).collect(Collectors.joining(", "));
  }

  private static void facts(Page page, ProvenLog log) {
    page.group("Proven facts, measured before the app ran");
    page.row("compose hash", hex(log.composeHash()));
    page.row("app ID", hex(log.appId()));
    page.row("instance ID", hex(log.instanceId()));
    page.row(
        "key provider",
        log.keyProvider().map(it -> PlainText.of(it.name() + " " + it.id()).strip()).orElse("-"));
    page.row("OS image hash", hex(log.osImageHash()));
    page.row("boot ended", log.bootEnded() ? "yes" : "no");
  }

  private static String hex(Optional<Bytes> value) {
    return value.map(Bytes::hex).orElse("-");
  }

  private void registers(Page page) {
    page.group("Registers after the last event");
    for (Register register : Register.values()) {
      page.row(register.name(), replay.value(register).hex());
      outcome.registers().stream()
          .filter(it -> it.register() == register)
          .forEach(it -> comparison(page, it));
    }
  }

  private static void comparison(Page page, RegisterComparison it) {
    switch (it.outcome()) {
      case EQUAL -> page.row("", "equal to the quote's");
      case NOT_IN_LOG -> page.row("", "not in this log; the quote has " + it.reported().hex());
      case DIFFERENT -> {
        page.row("", "DIFFERENT: the quote has " + it.reported().hex());
        it.equalAfter().ifPresent(index -> page.row("", "which this log has after event " + index));
      }
    }
  }

  private static void step(Page page, Replay.Step step) {
    LoggedEvent event = step.event();
    String register = event.register() == null ? "-" : event.register().name();
    String name = PlainText.of(event.name());
    page.line(
        "%4d %-5s %s".formatted(event.index(), register, name.isEmpty() ? event.typeName() : name));
    if (event.binding() == LoggedEvent.Binding.COMPUTED) {
      page.row("   payload", 12, payload(event.payload()));
    }
    page.row("   digest", 12, event.digest().hex());
    if (step.after() != null) {
      page.row("   " + register, 12, step.after().hex());
    }
  }

  /** As text if it is some. */
  private static String payload(Bytes payload) {
    String text = new String(payload.toArray(), US_ASCII);
    boolean readable = !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    String shown = readable ? "\"" + text + "\"" : payload.hex();
    return shown.length() > MAX_PAYLOAD ? shown.substring(0, MAX_PAYLOAD) + "…" : shown;
  }

  String json() {
    ObjectNode node = Json.object();
    @Nullable ProvenLog proven = null;
    @Nullable Failure failure = null;
    switch (outcome) {
      case ReplayOutcome.NoQuote _ -> {}
      case ReplayOutcome.Compared compared -> failure = compared.failure();
      case ReplayOutcome.Refuted refuted -> failure = refuted.failure();
      case ReplayOutcome.Proven it -> proven = it.log();
    }
    node.put("proven", proven != null);
    node.put("quoteGiven", !(outcome instanceof ReplayOutcome.NoQuote));
    node.put(
        "quoteVerified",
        outcome instanceof ReplayOutcome.Proven || outcome instanceof ReplayOutcome.Refuted);
    putProof(node, proven);
    Json.put(node, "failure", failure);
    node.put("kind", input.log().kind());
    node.put("field", input.field());
    putRegisters(node.putArray("registers"));
    ArrayNode steps = node.putArray("steps");
    replay.steps().forEach(step -> put(steps.addObject(), step));
    return Json.print(node) + "\n";
  }

  private void putProof(ObjectNode node, @Nullable ProvenLog log) {
    ArrayNode registers = node.putArray("provenRegisters");
    if (!(outcome instanceof ReplayOutcome.Proven proven) || log == null) {
      node.putNull("tcbStatus").putNull("statusAllowed").putNull("root").putNull("facts");
      return;
    }
    log.provenRegisters().forEach(register -> registers.add(name(register)));
    node.put("tcbStatus", log.quote().tcb().status().text());
    node.put("statusAllowed", statusAllowed(proven));
    node.set("root", EvidenceJson.root(proven.anchor()));
    ObjectNode facts = node.putObject("facts");
    facts.put("composeHash", log.composeHash().map(Bytes::hex).orElse(null));
    facts.put("appId", log.appId().map(Bytes::hex).orElse(null));
    facts.put("instanceId", log.instanceId().map(Bytes::hex).orElse(null));
    facts.put("osImageHash", log.osImageHash().map(Bytes::hex).orElse(null));
    facts.put("bootEnded", log.bootEnded());
    ObjectNode provider = facts.putObject("keyProvider");
    provider.put("name", log.keyProvider().map(it -> it.name()).orElse(null));
    provider.put("id", log.keyProvider().map(it -> it.id()).orElse(null));
  }

  private void putRegisters(ArrayNode registers) {
    for (Register register : Register.values()) {
      ObjectNode entry = registers.addObject();
      entry.put("register", name(register));
      entry.put("replayed", replay.value(register).hex());
      for (RegisterComparison it : outcome.registers()) {
        if (it.register() == register) {
          entry.put("quote", it.reported().hex());
          entry.put("outcome", it.outcome().name().toLowerCase(Locale.ROOT));
          entry.put("equalAfter", it.equalAfter().isPresent() ? it.equalAfter().getAsInt() : null);
        }
      }
    }
  }

  private static void put(ObjectNode entry, Replay.Step step) {
    LoggedEvent event = step.event();
    entry.put("index", event.index());
    entry.put("register", event.register() == null ? null : name(event.register()));
    entry.put("type", event.type());
    entry.put("typeName", event.typeName());
    entry.put("name", event.name());
    entry.put("payload", event.payload().hex());
    entry.put("digest", event.digest().hex());
    entry.put("digestComputed", event.binding() == LoggedEvent.Binding.COMPUTED);
    entry.put("after", step.after() == null ? null : step.after().hex());
  }

  private static String name(Register register) {
    return register.name().toLowerCase(Locale.ROOT);
  }
}
