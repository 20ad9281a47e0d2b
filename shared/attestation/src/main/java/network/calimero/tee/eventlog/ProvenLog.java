package network.calimero.tee.eventlog;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.RegisterComparison.Outcome;
import network.calimero.tee.eventlog.UnprovenLogException.Code;
import network.calimero.tee.quote.TdReport;

/**
 * An event log that leads to the registers of a verified quote. Only {@link #prove} makes one, and
 * only this tells the facts that a dstack guest measured (measurements.md, "Event logs").
 *
 * <p>A fact is as good as the software that measured it: RTMR3 says who the app is only if MRTD and
 * RTMR0 to RTMR2, measuring the firmware and the operating system that wrote it, are judged too.
 */
public final class ProvenLog {
  private final EventLog log;
  private final VerifiedQuote quote;
  private final Replay replay;
  private final Set<Register> provenRegisters;
  private final BootFacts facts;

  private ProvenLog(
      EventLog log,
      VerifiedQuote quote,
      Replay replay,
      Set<Register> provenRegisters,
      BootFacts facts) {
    this.log = log;
    this.quote = quote;
    this.replay = replay;
    this.provenRegisters = Collections.unmodifiableSet(provenRegisters);
    this.facts = facts;
  }

  /**
   * Proves a log by a quote. Every register that the log extends must be the quote's. One that it
   * does not extend may be in use all the same, as with logs of RTMR3 alone or CCEL, which knows
   * nothing of RTMR3: {@link #provenRegisters} leaves it out.
   *
   * @throws UnprovenLogException if a register differs, none is proven, or the facts are not clear
   */
  public static ProvenLog prove(EventLog log, VerifiedQuote quote) throws UnprovenLogException {
    if (!(quote.quote().body() instanceof TdReport report)) {
      throw new UnprovenLogException(
          Code.NO_TD_QUOTE, "the quote has no registers", "an enclave", "a trust domain", "");
    }
    Replay replay = Replay.of(log);
    List<RegisterComparison> comparisons = RegisterComparison.all(replay, report);
    requireNoDifference(comparisons);
    Set<Register> proven = EnumSet.noneOf(Register.class);
    for (RegisterComparison comparison : comparisons) {
      if (comparison.outcome() == Outcome.EQUAL) {
        proven.add(comparison.register());
      }
    }
    if (log.events().isEmpty() || proven.isEmpty()) {
      throw new UnprovenLogException(
          Code.NOTHING_PROVEN,
          "the event log proves nothing",
          log.events().size() + " events, none of a register in use",
          "events of the registers",
          "");
    }
    return new ProvenLog(log, quote, replay, proven, new BootFacts(log));
  }

  private static void requireNoDifference(List<RegisterComparison> comparisons)
      throws UnprovenLogException {
    List<RegisterComparison> different =
        comparisons.stream().filter(it -> it.outcome() == Outcome.DIFFERENT).toList();
    if (different.isEmpty()) {
      return;
    }
    RegisterComparison first = different.getFirst();
    String names =
        different.stream().map(it -> it.register().name()).collect(Collectors.joining(", "));
    throw new UnprovenLogException(
        Code.REGISTER_DIFFERS,
        "the event log does not lead to the quote's " + names,
        "%s %s".formatted(first.register(), first.replayed()),
        first.reported().hex(),
        hint(different));
  }

  /** A log that goes on after the quote was made is the usual innocent reason. */
  private static String hint(List<RegisterComparison> different) {
    return different.stream()
        .filter(it -> it.equalAfter().isPresent())
        .findFirst()
        .map(it ->
            "%s is the quote's after event %d: the log is newer than the quote"
                .formatted(it.register(), it.equalAfter().getAsInt()))
        .orElse("");
  }

  /** The log. */
  public EventLog log() {
    return log;
  }

  /** What proves it. */
  public VerifiedQuote quote() {
    return quote;
  }

  /** Each step of the way to the quote's registers. */
  public Replay replay() {
    return replay;
  }

  /**
   * The registers that the log accounts for. An event in another register is not in the log, and
   * there may be any number of them.
   */
  public Set<Register> provenRegisters() {
    return provenRegisters;
  }

  /** SHA-256 of the app-compose.json that was deployed, 32 bytes; empty if none was measured. */
  public Optional<Bytes> composeHash() {
    return facts.composeHash();
  }

  /** The app's identity, 20 bytes as a rule; empty if none was measured. */
  public Optional<Bytes> appId() {
    return facts.appId();
  }

  /** The instance's identity, 20 bytes as a rule; empty if the app has it switched off. */
  public Optional<Bytes> instanceId() {
    return facts.instanceId();
  }

  /** The hash of the operating system's image, by its own account; empty in older versions. */
  public Optional<Bytes> osImageHash() {
    return facts.osImageHash();
  }

  /** Where the app's keys come from; empty if none was measured. */
  public Optional<KeyProvider> keyProvider() {
    return facts.keyProvider();
  }

  /**
   * Whether the boot had ended when the quote was made: whether {@code system-ready} was measured,
   * up to which facts are read.
   */
  public boolean bootEnded() {
    return facts.bootEnded();
  }
}
