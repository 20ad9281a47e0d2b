package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.tdx.TdImage;
import org.assertj.core.api.Assertions;

/**
 * A simulated platform, a quote of it, and how and when they are verified. All of it is genuine and
 * UpToDate until a test changes one thing. The same bytes in every run.
 */
public final class Scenario {
  /** When everything is valid. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The authority above every scenario that does not ask for another. */
  public static final SimulatedPki PKI = pki(p -> {});

  /** The only root that scenarios are verified under. */
  public static final TrustAnchor ANCHOR = TrustAnchor.of(Bytes.of(PKI.root().der()));

  private static final byte[] REPORT_DATA = "what the workload says".getBytes(UTF_8);

  /** What scenarios share that change nothing about platform and quote. */
  private static final SimulatedPlatform GENUINE = SimulatedPlatform.builder(NOW).pki(PKI).build();

  private static final byte[] GENUINE_QUOTE =
      GENUINE.launch(TdImage.named("node")).quote(REPORT_DATA);

  private final PlatformBuilder platform = SimulatedPlatform.builder(NOW).pki(PKI);
  private boolean isGenuine = true;
  private TdImage image = TdImage.named("node");
  private boolean sgx;
  private Instant now = NOW;
  private TrustAnchor anchor = ANCHOR;
  private VerifierOptions options = VerifierOptions.STRICT;
  private Consumer<QuoteBuilder> quote = q -> {};
  private UnaryOperator<byte[]> bytes = UnaryOperator.identity();
  private Function<SimulatedCollateral, SimulatedCollateral> collateral = c -> c;

  /** An authority with the keys of {@link #PKI} and some change. */
  public static SimulatedPki pki(Consumer<SimulatedPki.Builder> change) {
    SimulatedPki.Builder builder = SimulatedPki.builder(NOW).seed(Seed.of("scenarios"));
    change.accept(builder);
    return builder.build();
  }

  /** Another authority, of other keys. */
  static SimulatedPki foreignPki() {
    return SimulatedPki.builder(NOW).seed(Seed.of("a foreign authority")).build();
  }

  /** Changes the platform. */
  public Scenario platform(Consumer<PlatformBuilder> change) {
    isGenuine = false;
    change.accept(platform);
    return this;
  }

  Scenario under(SimulatedPki pki) {
    isGenuine = false;
    platform.pki(pki);
    return this;
  }

  Scenario format(QuoteFormat format) {
    isGenuine = false;
    platform.format(format);
    return this;
  }

  /** An enclave instead of a trust domain. */
  public Scenario sgx() {
    isGenuine = false;
    sgx = true;
    return this;
  }

  /** Changes the image that is launched. */
  public Scenario image(UnaryOperator<TdImage> change) {
    isGenuine = false;
    image = change.apply(image);
    return this;
  }

  Scenario quote(Consumer<QuoteBuilder> change) {
    isGenuine = false;
    quote = quote.andThen(change);
    return this;
  }

  /** Changes the finished quote. */
  Scenario bytes(UnaryOperator<byte[]> change) {
    bytes = change;
    return this;
  }

  Scenario collateral(UnaryOperator<SimulatedCollateral> change) {
    collateral = collateral.andThen(change);
    return this;
  }

  Scenario at(Instant instant) {
    now = instant;
    return this;
  }

  Scenario options(VerifierOptions wanted) {
    options = wanted;
    return this;
  }

  Scenario anchor(TrustAnchor root) {
    anchor = root;
    return this;
  }

  /** The quote and what it is verified against. */
  record Evidence(Bytes quote, SimulatedCollateral collateral) {
    Quote parsed() {
      return parse(quote);
    }

    Collateral unproven() {
      return read(collateral);
    }
  }

  Evidence evidence() {
    if (isGenuine) {
      return evidence(GENUINE_QUOTE, GENUINE.collateral());
    }
    SimulatedPlatform built = platform.build();
    byte[] made =
        sgx
            ? built.loadEnclave("enclave").quote(REPORT_DATA, quote)
            : built.launch(image).quote(REPORT_DATA, quote);
    return evidence(made, sgx ? built.sgxCollateral() : built.collateral());
  }

  private Evidence evidence(byte[] made, SimulatedCollateral genuine) {
    return new Evidence(Bytes.of(bytes.apply(made.clone())), collateral.apply(genuine));
  }

  /** What must be accepted. */
  public VerifiedQuote verified() {
    try {
      return verify();
    } catch (VerificationException e) {
      return Assertions.fail("must be accepted", e);
    }
  }

  VerificationException refusal() {
    try {
      VerifiedQuote verified = verify();
      return Assertions.fail("must be refused, is " + verified.tcb().status());
    } catch (VerificationException e) {
      return e;
    }
  }

  private VerifiedQuote verify() throws VerificationException {
    Evidence evidence = evidence();
    return new DcapVerifier(anchor, options).verify(evidence.parsed(), evidence.unproven(), now);
  }

  static Quote parse(Bytes quote) {
    try {
      return Quote.parse(quote);
    } catch (QuoteFormatException e) {
      return Assertions.fail("a quote that must parse", e);
    }
  }

  static Collateral read(SimulatedCollateral collateral) {
    try {
      return CollateralJson.parse(Bytes.of(collateral.json().getBytes(UTF_8)));
    } catch (CollateralFormatException e) {
      return Assertions.fail("collateral that must be readable", e);
    }
  }
}
