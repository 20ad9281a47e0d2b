package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteNotFoundException;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.release.policy.Probe;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads answers of attested machines and proves them; what is not proven does not come out. */
final class ProbeReader {
  private static final int NONCE_SIZE = 32;
  private static final String TOKEN_START = "eyJ";

  private final Console console;
  private final CollateralOptions options;
  private final @Nullable Bytes nonce;
  private final Instant now;

  /**
   * Reads the clock, once for all answers.
   *
   * @param nonce what report data must begin with; null if nothing is known
   */
  ProbeReader(Console console, CollateralOptions options, @Nullable Bytes nonce) {
    this.console = console;
    this.options = options;
    this.nonce = nonce;
    this.now = console.clock().instant();
  }

  Instant now() {
    return now;
  }

  Probe read(Role role, String file) throws FailureException {
    byte[] bytes = Inputs.read(console, file, QuoteInput.MAX_FILE_SIZE);
    Bytes raw = quote(bytes);
    VerifiedQuote verified = verify(raw);
    if (!(verified.quote().body() instanceof TdReport report)) {
      throw FailureException.of(
          OwnCode.NOT_A_TRUST_DOMAIN, file + ": the quote is an enclave's, not a TDX VM's");
    }
    requireFresh(file, bytes, report.reportData().value());
    return new Probe(role, verified, composeHash(role, bytes, verified), Sha256.of(raw).hex());
  }

  private static Bytes quote(byte[] bytes) throws FailureException {
    if (new String(bytes, UTF_8).strip().startsWith(TOKEN_START)) {
      throw new FailureException(
          Exits.REJECTED,
          Failure.noQuote("a token: what it claims was read by somebody else; give the quote"));
    }
    try {
      return QuoteInput.find(bytes).bytes();
    } catch (QuoteNotFoundException e) {
      throw new FailureException(Exits.REJECTED, Failure.noQuote(PlainText.of(e)));
    }
  }

  private VerifiedQuote verify(Bytes raw) throws FailureException {
    TrustAnchor anchor = options.anchor(console);
    try (Verification verification = options.open(console, anchor)) {
      Quote quote = Quote.parse(raw);
      try {
        return verification.verify(quote, now);
      } catch (VerificationException e) {
        throw new FailureException(Exits.REJECTED, QuoteRoot.explain(e, quote, anchor));
      }
    } catch (QuoteFormatException e) {
      throw new FailureException(Exits.REJECTED, Failure.noQuote(PlainText.of(e)));
    } catch (CollateralUnavailableException e) {
      throw new FailureException(Exits.of(e.code()), Failure.of(e));
    }
  }

  /** The answer's own account of its report data must be true, and the nonce the caller's. */
  private void requireFresh(String file, byte[] bytes, Bytes reportData) throws FailureException {
    Optional<String> said = saidReportData(bytes);
    if (said.isPresent() && !said.get().equalsIgnoreCase(reportData.hex())) {
      throw mismatch(file + ": reportDataHex is not the quote's", said.get(), reportData.hex());
    }
    Bytes found = reportData.slice(0, NONCE_SIZE);
    if (nonce != null && !found.equals(nonce)) {
      throw mismatch(file + ": the quote is not over --nonce", found.hex(), nonce.hex());
    }
  }

  private static FailureException mismatch(String reason, String found, String expected) {
    OwnCode code = OwnCode.REPORT_DATA_MISMATCH;
    return new FailureException(
        code.exit(), new Failure(code.text(), null, reason, found, expected, code.advice()));
  }

  private static Optional<String> saidReportData(byte[] bytes) {
    try {
      JsonNode answer = StrictJson.mapper(64, QuoteInput.MAX_FILE_SIZE, 20).readTree(bytes);
      return answer == null ? Optional.empty() : answer.path("reportDataHex").asStringOpt();
    } catch (JacksonException e) {
      return Optional.empty(); // a bare quote, with no account of itself
    }
  }

  /** Only of a KMS, and only if the quote proves the log that it is in. */
  private static Optional<Bytes> composeHash(Role role, byte[] bytes, VerifiedQuote verified)
      throws FailureException {
    if (role != Role.KMS) {
      return Optional.empty();
    }
    if (bytes.length == 0 || bytes[0] != '{') {
      return Optional.empty(); // a bare quote
    }
    EventLogInput input;
    try {
      input = EventLogInput.find(bytes);
    } catch (EventLogFormatException e) {
      if (e.fault() == EventLogFormatException.Fault.NOT_FOUND) {
        return Optional.empty(); // a platform without a log: the findings say so
      }
      throw FailureException.of(OwnCode.EVENT_LOG_MALFORMED, PlainText.of(e));
    }
    if (input.log().events().isEmpty()) {
      return Optional.empty();
    }
    try {
      return ProvenLog.prove(input.log(), verified).composeHash();
    } catch (UnprovenLogException e) {
      throw new FailureException(
          Exits.REJECTED,
          new Failure(e.code().text(), null, e.reason(), e.found(), e.expected(), e.advice()));
    }
  }
}
