package network.calimero.tee.collateral.pcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.tdx.TdImage;

/** One root, platforms under it, and servers and sources for their collateral. */
final class SimulatedIntel {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  static final TeeType TDX = TeeType.TDX;

  /** Generous where a test must not fail by being slow. */
  static final PcsLimits PATIENT =
      new PcsLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 256 * 1024, 16 * 1024);

  /** Signing is slow; nothing in it changes. */
  static final SimulatedIntel SHARED = new SimulatedIntel();

  final SimulatedPki pki = SimulatedPki.at(NOW);
  final TrustAnchor anchor = TrustAnchor.of(Bytes.of(pki.root().der()));
  final SimulatedPlatform platform = platform("00AABBCCDD00", settings -> settings);

  SimulatedPlatform platform(String fmspc, UnaryOperator<PlatformBuilder> settings) {
    return settings.apply(SimulatedPlatform.builder(NOW).pki(pki).fmspc(fmspc)).build();
  }

  /** Collateral of the same platform, issued as if at another time or with faults. */
  SimulatedCollateral collateral(UnaryOperator<PlatformBuilder> settings) {
    return platform("00AABBCCDD00", settings).collateral();
  }

  static Quote quote(SimulatedPlatform platform) {
    try {
      return Quote.parse(platform.launch(TdImage.named("node")).quote(new byte[64]));
    } catch (QuoteFormatException e) {
      throw new AssertionError(e);
    }
  }

  PckChain chain(SimulatedPlatform platform) {
    try {
      return PckChain.authenticate(quote(platform), anchor, NOW);
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }

  static PcsServer server() {
    try {
      return PcsServer.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PcsServer server(SimulatedCollateral collateral) {
    return server().serve(collateral);
  }

  CachingCollateralSource source(TestClock clock, PcsServer... servers) {
    return source(clock, PATIENT, CachePolicy.DEFAULT, servers);
  }

  CachingCollateralSource source(
      TestClock clock, PcsLimits limits, CachePolicy policy, PcsServer... servers) {
    return source(clock, limits, policy, bases(servers));
  }

  CachingCollateralSource source(
      TestClock clock, PcsLimits limits, CachePolicy policy, List<PcsBase> bases) {
    return new CachingCollateralSource(
        bases, anchor, VerifierOptions.STRICT, limits, policy, clock);
  }

  static List<PcsBase> bases(PcsServer... servers) {
    return Arrays.stream(servers).map(s -> PcsBase.of(s.baseUri().toString())).toList();
  }
}
