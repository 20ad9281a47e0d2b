package network.calimero.tee.cli;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.release.policy.Probe;
import network.calimero.tee.release.policy.ProbeException;
import network.calimero.tee.release.policy.ProbeReader;
import org.jspecify.annotations.Nullable;

/** Answers of attested machines from files, proven as the options say. */
final class ProbeInputs {
  private final Console console;
  private final CollateralOptions options;
  private final ProbeReader reader;
  private final Instant now;

  /**
   * Reads the clock, once for all answers.
   *
   * @param nonce what report data must begin with; null if nothing is known
   */
  ProbeInputs(Console console, CollateralOptions options, @Nullable Bytes nonce) {
    this.console = console;
    this.options = options;
    this.reader = new ProbeReader(Optional.ofNullable(nonce));
    this.now = console.clock().instant();
  }

  Instant now() {
    return now;
  }

  Probe read(Role role, String file) throws FailureException {
    Bytes answer = Bytes.of(Inputs.read(console, file, QuoteInput.MAX_FILE_SIZE));
    try {
      return reader.read(role, answer, this::verify);
    } catch (ProbeException e) {
      throw failure(file, e);
    } catch (UnprovenLogException e) {
      throw new FailureException(
          Exits.REJECTED,
          new Failure(e.code().text(), null, e.reason(), e.found(), e.expected(), e.advice()));
    }
  }

  private static FailureException failure(String file, ProbeException e) {
    return switch (e.fault()) {
      case NO_QUOTE -> new FailureException(Exits.REJECTED, Failure.noQuote(PlainText.of(e)));
      case NOT_A_TRUST_DOMAIN ->
          FailureException.of(OwnCode.NOT_A_TRUST_DOMAIN, file + ": " + e.reason());
      case EVENT_LOG_MALFORMED -> FailureException.of(OwnCode.EVENT_LOG_MALFORMED, e.reason());
      case REPORT_DATA_MISMATCH -> {
        OwnCode code = OwnCode.REPORT_DATA_MISMATCH;
        String reason = file + ": " + e.reason();
        yield new FailureException(
            code.exit(),
            new Failure(code.text(), null, reason, e.found(), e.expected(), code.advice()));
      }
    };
  }

  private VerifiedQuote verify(Quote quote) throws FailureException {
    TrustAnchor anchor = options.anchor(console);
    try (Verification verification = options.open(console, anchor)) {
      return verification.verify(quote, now);
    } catch (VerificationException e) {
      throw new FailureException(Exits.REJECTED, QuoteRoot.explain(e, quote, anchor));
    } catch (CollateralUnavailableException e) {
      throw new FailureException(Exits.of(e.code()), Failure.of(e));
    }
  }
}
