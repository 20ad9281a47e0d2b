package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TeeType;

/**
 * Verifies quotes as dcap.md says, all ten steps in their order, failing closed. Pure: quote,
 * collateral and instant go in, a {@link VerifiedQuote} comes out; nothing is fetched and no clock
 * is read. Safe for use by many threads.
 */
public final class DcapVerifier {
  private final TrustAnchor anchor;
  private final VerifierOptions options;
  private final CollateralValidator validator;
  private final Optional<VerificationCache> cache;

  /** Remembers nothing between calls. */
  public DcapVerifier(TrustAnchor anchor, VerifierOptions options) {
    this(anchor, options, Optional.empty());
  }

  private DcapVerifier(
      TrustAnchor anchor, VerifierOptions options, Optional<VerificationCache> cache) {
    this.anchor = anchor;
    this.options = options;
    this.validator = new CollateralValidator(anchor, options);
    this.cache = cache;
  }

  /**
   * A verifier that does once what depends on collateral or PCK chain alone.
   *
   * @param entries how many of each are remembered, at least 1; one of each takes about 100 KiB
   */
  public static DcapVerifier caching(TrustAnchor anchor, VerifierOptions options, int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("a cache of " + entries + " entries");
    }
    return new DcapVerifier(anchor, options, Optional.of(new VerificationCache(entries)));
  }

  /** The root that this verifier believes. */
  public TrustAnchor anchor() {
    return anchor;
  }

  /**
   * Verifies a quote.
   *
   * @throws VerificationException naming the first step that failed
   */
  public VerifiedQuote verify(Quote quote, Collateral collateral, Instant now)
      throws VerificationException {
    return verify(endorse(quote, collateral, now));
  }

  /**
   * The beginning of step 4, which may come before anything is fetched: the chain in the quote
   * itself, proven to this verifier's root.
   *
   * @throws VerificationException as {@link PckChain#authenticate}
   */
  public PckChain authenticate(Quote quote, Instant now) throws VerificationException {
    return authenticate(PckChain.pem(quote, Optional.empty()), now);
  }

  private PckChain authenticate(Bytes pem, Instant now) throws VerificationException {
    Optional<PckChain> known = cache.flatMap(c -> c.authenticated(pem, now));
    if (known.isPresent()) {
      return known.get();
    }
    PckChain chain = PckChain.authenticate(pem, anchor, now);
    cache.ifPresent(c -> c.remember(pem, chain));
    return chain;
  }

  /**
   * Steps 1 to 4: proves what a quote is to be verified against, so that it can be asked how new
   * that is before the rest is done.
   *
   * @throws VerificationException naming the first step that failed
   */
  public EndorsedQuote endorse(Quote quote, Collateral collateral, Instant now)
      throws VerificationException {
    requireVersion(quote);
    ValidatedCollateral valid = collateral(collateral, quote.teeType(), now); // steps 1 to 3
    Bytes pem = PckChain.pem(quote, collateral.pckCertificateChain());
    return new EndorsedQuote(quote, valid, chain(pem, valid, now), now); // step 4
  }

  /**
   * The rest: the end of step 4, then steps 5 to 10.
   *
   * @param endorsed of this verifier, or of one of the same root
   * @throws VerificationException naming the first step that failed
   */
  public VerifiedQuote verify(EndorsedQuote endorsed) throws VerificationException {
    Quote quote = endorsed.quote();
    ValidatedCollateral valid = endorsed.collateral();
    PckChain chain = endorsed.chain().chain();
    endorsed.chain().requireUnrevoked(); // step 4
    QeTcb qe = QeReportCheck.verifyQeReport(quote, chain, valid.qeIdentity()); // step 5
    QeReportCheck.verifyQuoteSignature(quote); // step 6
    TcbEvaluation tcb =
        TcbEvaluator.evaluate(quote.body(), chain.extension(), valid.tcbInfo(), qe); // steps 7 to 9
    AttributesCheck.verify(quote.body(), options); // step 10
    return new VerifiedQuote(
        quote,
        tcb,
        new Platform(chain),
        new CollateralSummary(valid, endorsed.chain().validity()),
        valid.anchor(),
        endorsed.now());
  }

  /** SGX in version 4 exists nowhere but in parsers: refusing it is deliberate. */
  private static void requireVersion(Quote quote) throws VerificationException {
    int version = quote.header().version();
    if (quote.teeType() == TeeType.SGX && version == 4) {
      throw new VerificationException(
          FailureCode.QUOTE_VERSION_UNSUPPORTED,
          "an SGX quote of version 4",
          "version 4",
          "version 3 or 5 for SGX");
    }
  }

  private ValidatedCollateral collateral(Collateral collateral, TeeType tee, Instant now)
      throws VerificationException {
    if (cache.isEmpty()) {
      return validator.validate(collateral, tee, now);
    }
    Optional<ValidatedCollateral> known =
        cache
            .get()
            .collateral(collateral.fingerprint(), now)
            .filter(valid -> TcbInfoParser.isFor(valid.tcbInfo(), tee));
    if (known.isPresent()) {
      return known.get();
    }
    ValidatedCollateral valid = validator.validate(collateral, tee, now);
    cache.get().remember(valid);
    return valid;
  }

  private CheckedPckChain chain(Bytes pem, ValidatedCollateral valid, Instant now)
      throws VerificationException {
    Optional<CheckedPckChain> known = cache.flatMap(c -> c.chain(pem, valid, now));
    if (known.isPresent()) {
      return known.get();
    }
    CheckedPckChain chain = CheckedPckChain.of(authenticate(pem, now), valid, now);
    if (!chain.leafRevoked()) {
      cache.ifPresent(c -> c.remember(pem, chain, valid));
    }
    return chain;
  }
}
