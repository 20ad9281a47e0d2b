package network.calimero.tee.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One verification of a real quote, with less and less left to do. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerifyBenchmark {
  /** More than the verifier remembers, so that asking for them in turn finds none of them. */
  private static final int CHAINS = 2 * 16;

  private final Bytes bundle;
  private final Bytes quote;
  private final List<Bytes> otherChains;
  private final Collateral collateral;
  private final Instant now;
  private final DcapVerifier uncached =
      new DcapVerifier(TrustAnchor.intel(), VerifierOptions.STRICT);
  private final DcapVerifier caching =
      DcapVerifier.caching(TrustAnchor.intel(), VerifierOptions.STRICT, CHAINS / 2);
  private final AtomicInteger turn = new AtomicInteger();

  /** Reads the sample. */
  public VerifyBenchmark() {
    Sample sample = Sample.fromProperty();
    try {
      quote = sample.quoteBytes();
      bundle = sample.bundleBytes();
      collateral = CollateralJson.parse(bundle);
      otherChains = otherChains(Quote.parse(quote));
    } catch (IOException | CollateralFormatException | QuoteFormatException e) {
      throw new IllegalStateException("the benchmark's sample cannot be read", e);
    }
    now = sample.now();
  }

  /**
   * The same quote with chains that differ in the byte after the last PEM block, which means
   * nothing.
   */
  private static List<Bytes> otherChains(Quote quote) {
    int last = quote.declaredLength() - 1;
    List<Bytes> quotes = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      byte[] bytes = quote.bytes().toArray();
      bytes[last] = (byte) (i + 1);
      quotes.add(Bytes.of(bytes));
    }
    return quotes;
  }

  /** Bytes to fields. */
  @Benchmark
  public Quote parse() throws QuoteFormatException {
    return Quote.parse(quote);
  }

  /** Everything from bytes: quote, exchange-form JSON, chains, CRLs, signatures. */
  @Benchmark
  public VerifiedQuote fromBytes()
      throws QuoteFormatException, CollateralFormatException, VerificationException {
    return uncached.verify(Quote.parse(quote), CollateralJson.parse(bundle), now);
  }

  /** Collateral proven before, the PCK chain not. */
  @Benchmark
  public VerifiedQuote collateralSeenBefore() throws QuoteFormatException, VerificationException {
    Bytes other = otherChains.get(Math.floorMod(turn.getAndIncrement(), CHAINS));
    return caching.verify(Quote.parse(other), collateral, now);
  }

  /** Collateral and PCK chain proven before: QE report and quote signature remain. */
  @Benchmark
  public VerifiedQuote chainSeenBefore() throws QuoteFormatException, VerificationException {
    return caching.verify(Quote.parse(quote), collateral, now);
  }
}
