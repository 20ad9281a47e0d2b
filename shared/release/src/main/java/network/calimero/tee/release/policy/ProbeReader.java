package network.calimero.tee.release.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.ProvenLog;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteNotFoundException;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.release.policy.ProbeException.Fault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads answers of attested machines ({@code /attest}, or bare quotes) and has them proven; what is
 * not proven does not come out (policy-and-releases.md, "Policy candidates").
 */
public final class ProbeReader {
  private static final int NONCE_SIZE = 32;
  private static final String TOKEN_START = "eyJ";

  private final Optional<Bytes> nonce;

  /**
   * Reads answers to that nonce.
   *
   * @param nonce 32 bytes that report data must begin with; empty if it is not known
   */
  public ProbeReader(Optional<Bytes> nonce) {
    this.nonce = nonce;
  }

  /** Proves a quote, or ends the reading with a failure of its own. */
  public interface Proof<X extends Exception> {
    /** The quote, verified. */
    VerifiedQuote of(Quote quote) throws X;
  }

  /**
   * What a machine proved.
   *
   * @throws ProbeException if its answer cannot be used
   * @throws UnprovenLogException if the quote does not prove the event log beside it
   * @throws X if the quote is not proven
   */
  public <X extends Exception> Probe read(Role role, Bytes answer, Proof<X> proof)
      throws ProbeException, UnprovenLogException, X {
    byte[] bytes = answer.toArray();
    Bytes raw = quote(bytes);
    Quote quote;
    try {
      quote = Quote.parse(raw);
    } catch (QuoteFormatException e) {
      throw new ProbeException(Fault.NO_QUOTE, String.valueOf(e.getMessage()), e);
    }
    if (!(quote.body() instanceof TdReport report)) {
      throw new ProbeException(
          Fault.NOT_A_TRUST_DOMAIN, "the quote is an enclave's, not a TDX VM's", "", "");
    }
    VerifiedQuote verified = proof.of(quote);
    requireFresh(bytes, report.reportData().value());
    return new Probe(role, verified, composeHash(role, bytes, verified), Sha256.of(raw).hex());
  }

  private static Bytes quote(byte[] answer) throws ProbeException {
    if (new String(answer, UTF_8).strip().startsWith(TOKEN_START)) {
      throw new ProbeException(
          Fault.NO_QUOTE,
          "a token: what it claims was read by somebody else; give the quote",
          "",
          "");
    }
    try {
      return QuoteInput.find(answer).bytes();
    } catch (QuoteNotFoundException e) {
      throw new ProbeException(Fault.NO_QUOTE, String.valueOf(e.getMessage()), e);
    }
  }

  /** The answer's own account of its report data must be true, and the nonce the caller's. */
  private void requireFresh(byte[] answer, Bytes reportData) throws ProbeException {
    Optional<String> said = saidReportData(answer);
    if (said.isPresent() && !said.get().equalsIgnoreCase(reportData.hex())) {
      throw new ProbeException(
          Fault.REPORT_DATA_MISMATCH,
          "reportDataHex is not the quote's",
          said.get(),
          reportData.hex());
    }
    Bytes found = reportData.slice(0, NONCE_SIZE);
    if (nonce.isPresent() && !found.equals(nonce.get())) {
      throw new ProbeException(
          Fault.REPORT_DATA_MISMATCH,
          "the quote is not over the nonce",
          found.hex(),
          nonce.get().hex());
    }
  }

  private static Optional<String> saidReportData(byte[] answer) {
    try {
      JsonNode json = StrictJson.mapper(64, QuoteInput.MAX_FILE_SIZE, 20).readTree(answer);
      return json == null ? Optional.empty() : json.path("reportDataHex").asStringOpt();
    } catch (JacksonException e) {
      return Optional.empty(); // a bare quote, with no account of itself
    }
  }

  /** Only of a KMS, and only if the quote proves the log that it is in. */
  private static Optional<Bytes> composeHash(Role role, byte[] answer, VerifiedQuote verified)
      throws ProbeException, UnprovenLogException {
    if (role != Role.KMS || answer.length == 0 || answer[0] != '{') {
      return Optional.empty(); // a node, or a bare quote
    }
    EventLogInput input;
    try {
      input = EventLogInput.find(answer);
    } catch (EventLogFormatException e) {
      if (e.fault() == EventLogFormatException.Fault.NOT_FOUND) {
        return Optional.empty(); // a platform without a log: the findings say so
      }
      throw new ProbeException(Fault.EVENT_LOG_MALFORMED, String.valueOf(e.getMessage()), e);
    }
    return input.log().events().isEmpty()
        ? Optional.empty()
        : ProvenLog.prove(input.log(), verified).composeHash();
  }
}
