package network.calimero.tee.functions.verify.ita;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundHttp;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;
import network.calimero.tee.simulator.tdx.TdImage;

/** A simulated authority behind a real socket, and one that asks it. */
final class AuthorityFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final Duration MINUTE = Duration.ofMinutes(1);
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  final TrustAuthorityServer server;
  private final OutboundHttp http;

  AuthorityFixture() throws IOException, NoSuchAlgorithmException {
    server = TrustAuthorityServer.start(InstantSource.fixed(NOW));
    http = new OutboundHttp("test", name -> List.of(), SSLContext.getDefault(), System::nanoTime);
  }

  TrustAuthority asker(Optional<String> key, int perDay) throws OutboundException {
    return new TrustAuthority(http, authority(Optional.empty()), key, perDay);
  }

  TrustAuthority asker() throws OutboundException {
    return asker(Optional.of("a-key"), 1_000);
  }

  TrustAuthority askerFor(String audience) throws OutboundException {
    return new TrustAuthority(http, authority(Optional.of(audience)), Optional.of("a-key"), 1_000);
  }

  private Authority authority(Optional<String> audience) throws OutboundException {
    return Authority.simulated(
        url(TrustAuthorityServer.APPRAISAL_PATH),
        url(TrustAuthorityServer.KEYS_PATH),
        TrustAuthorityServer.ISSUER,
        audience);
  }

  private OutboundUrl url(String path) throws OutboundException {
    return OutboundUrl.parse(server.baseUri() + path);
  }

  /** A quote over report data that a text stands for. */
  static Quote quote(String text) {
    byte[] reportData = text.getBytes(StandardCharsets.UTF_8);
    try {
      return Quote.parse(PLATFORM.launch(TdImage.named("node")).quote(reportData));
    } catch (QuoteFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  static TdReport report(Quote quote) {
    return (TdReport) quote.body();
  }

  static Opinion ask(TrustAuthority asker, Quote quote, Instant now) {
    return asker.ask(quote, report(quote), now, MINUTE);
  }

  /** How it ended in one word. */
  static String code(Opinion opinion) {
    return switch (opinion) {
      case Opinion.None(String reason) -> "none: " + reason;
      case Opinion.Declined(int status) -> "declined " + status;
      case Opinion.Answered answered ->
          switch (answered.outcome()) {
            case Opinion.Proven _ -> "ok";
            case Opinion.Refused(TokenFault fault, String reason) -> fault.code();
          };
    };
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
