package network.calimero.tee.collateral.pcs;

import static network.calimero.tee.collateral.pcs.SimulatedIntel.NOW;
import static network.calimero.tee.collateral.pcs.SimulatedIntel.SHARED;
import static network.calimero.tee.collateral.pcs.SimulatedIntel.TDX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsPlace;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pki.Pem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a broken, slow or hostile server can do: cost time, and nothing else. */
class PcsFaultsTest {
  private static final PcsLimits IMPATIENT =
      new PcsLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 256 * 1024, 16 * 1024);

  /** Time enough for the one that works, even on a busy machine. */
  private static final PcsLimits LESS_IMPATIENT =
      new PcsLimits(Duration.ofSeconds(3), Duration.ofSeconds(3), 256 * 1024, 16 * 1024);

  private static final URI ELSEWHERE = URI.create("http://127.0.0.1:9/");
  private static final String EVERYTHING = "/";

  private final TestClock clock = new TestClock(NOW);

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(EVERYTHING, new HttpFault.Status(500), Code.STATUS),
        Arguments.of(EVERYTHING, new HttpFault.Status(429), Code.STATUS),
        Arguments.of(EVERYTHING, new HttpFault.Status(204), Code.STATUS),
        Arguments.of(EVERYTHING, new HttpFault.Status(404), Code.NOT_FOUND),
        Arguments.of("tcb?", new HttpFault.Status(404), Code.NOT_FOUND),
        Arguments.of(EVERYTHING, new HttpFault.Redirect(ELSEWHERE), Code.STATUS),
        Arguments.of(EVERYTHING, new HttpFault.Truncate(100), Code.UNREACHABLE),
        Arguments.of("tcb?", new HttpFault.Oversize(256 * 1024 + 1), Code.TOO_LARGE),
        Arguments.of("tcb?", new HttpFault.OversizeUnannounced(100_000_000), Code.TOO_LARGE),
        Arguments.of("pckcrl", new HttpFault.OversizeUnannounced(100_000_000), Code.TOO_LARGE),
        Arguments.of("tcb?", PcsServer.NO_ISSUER_CHAIN, FailureCode.COLLATERAL_MALFORMED),
        Arguments.of("qe/identity", PcsServer.NO_ISSUER_CHAIN, FailureCode.COLLATERAL_MALFORMED),
        Arguments.of("tcb?", text(t -> "<html>welcome</html>"), FailureCode.COLLATERAL_MALFORMED),
        Arguments.of("tcb?", text(t -> t + "{}"), FailureCode.COLLATERAL_MALFORMED),
        Arguments.of(
            "tcb?",
            text(t -> t.replace("\"signature\"", "\"sig\"")),
            FailureCode.COLLATERAL_MALFORMED),
        Arguments.of(
            "qe/identity", text(t -> t.replace("enclave", "en")), FailureCode.COLLATERAL_MALFORMED),
        Arguments.of("rootcacrl", text(t -> "no CRL"), FailureCode.COLLATERAL_MALFORMED),
        Arguments.of("pckcrl", text(t -> ""), FailureCode.PCK_CRL_MALFORMED),
        Arguments.of(
            "tcb?", text(t -> t.replace(":", ": ")), FailureCode.TCB_INFO_SIGNATURE_INVALID),
        Arguments.of(
            "qe/identity",
            text(t -> t.replace(",", " ,")),
            FailureCode.QE_IDENTITY_SIGNATURE_INVALID));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aServerThatMisbehavesFailsWithItsReason(String part, HttpFault fault, Enum<?> expected) {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.fault(part, fault);

      assertThat(failure(source)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theNextServerIsAskedWhenOneMisbehaves(String part, HttpFault fault, Enum<?> unused)
      throws Exception {
    SimulatedCollateral good = SHARED.platform.collateral();
    try (PcsServer bad = SimulatedIntel.server(good);
        PcsServer next = SimulatedIntel.server(good);
        CachingCollateralSource source = SHARED.source(clock, bad, next)) {
      bad.fault(part, fault);

      assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
      assertThat(bad.requests()).isNotEmpty();
    }
  }

  static Stream<Arguments> staleOrForged() {
    return Stream.of(
        stale(FailureCode.TCB_INFO_EXPIRED, PlatformBuilder::tcbInfoExpired),
        stale(FailureCode.TCB_INFO_NOT_YET_VALID, PlatformBuilder::tcbInfoFromTheFuture),
        stale(FailureCode.QE_IDENTITY_EXPIRED, PlatformBuilder::qeIdentityExpired),
        stale(FailureCode.ROOT_CRL_EXPIRED, PlatformBuilder::rootCrlExpired),
        stale(FailureCode.PCK_CRL_EXPIRED, PlatformBuilder::pckCrlExpired),
        stale(FailureCode.FMSPC_MISMATCH, s -> s.tcbInfo(t -> t.fmspc("112233445566"))),
        Arguments.of(
            FailureCode.ROOT_CRL_WRONG_ISSUER,
            SimulatedPlatform.builder(NOW)
                .pkiSettings(pki -> pki.organization("Forged"))
                .fmspc("00AABBCCDD00")
                .build()
                .collateral()),
        Arguments.of(
            FailureCode.ROOT_CRL_SIGNATURE_INVALID,
            SimulatedPlatform.builder(NOW).fmspc("00AABBCCDD00").build().collateral()));
  }

  private static Arguments stale(FailureCode code, UnaryOperator<PlatformBuilder> settings) {
    return Arguments.of(code, SHARED.collateral(settings));
  }

  @ParameterizedTest
  @MethodSource("staleOrForged")
  void collateralThatIsThereButBadIsRefusedByTheStepItFails(
      FailureCode code, SimulatedCollateral bad) {
    try (PcsServer server = SimulatedIntel.server(bad);
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.serve(place(), bad);

      assertThat(failure(source)).isEqualTo(code);
      assertThat(source.status().pieces())
          .filteredOn(piece -> piece.fetchedAt().isPresent())
          .allSatisfy(piece -> assertThat(piece.lastFailure()).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("staleOrForged")
  void theNextServerIsAskedWhenOneServesBadCollateral(FailureCode unused, SimulatedCollateral bad)
      throws Exception {
    try (PcsServer server = SimulatedIntel.server(bad);
        PcsServer next = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source = SHARED.source(clock, server, next)) {
      server.serve(place(), bad);

      assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
    }
  }

  @Test
  void whileAServerCouldNotBeAskedBadCollateralOfAnotherIsNoVerdict() {
    try (PcsServer stale =
            SimulatedIntel.server(SHARED.collateral(PlatformBuilder::tcbInfoExpired));
        PcsServer broken = SimulatedIntel.server();
        CachingCollateralSource source = SHARED.source(clock, stale, broken)) {
      broken.fault(EVERYTHING, new HttpFault.Status(503));

      CollateralUnavailableException failure = unavailable(source);

      assertThat(failure.code()).isEqualTo(Code.STATUS);
      assertThat(failure.host()).isEqualTo(broken.baseUri().getAuthority());
      assertThat(failure)
          .hasMessageContaining("TDX TCB info of FMSPC 00aabbccdd00")
          .hasMessageContaining(stale.baseUri().getAuthority() + ": step 2")
          .hasMessageContaining("status 503");
    }
  }

  @Test
  void garbageIsThereButUnusableAndTheMessageSaysWhereAndWhy() {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.fault("tcb?", text(t -> "{\n \"tcbInfo\": {"));

      VerificationException failure = refused(source);

      String host = server.baseUri().getAuthority();
      assertThat(failure.code()).isEqualTo(FailureCode.COLLATERAL_MALFORMED);
      assertThat(failure.reason())
          .startsWith(
              "TDX TCB info of FMSPC 00aabbccdd00 is unusable; " + host + ": it is not JSON")
          .contains("line 2, column 14")
          .doesNotContain("Source", "REDACTED");
      assertThat(refused(source)).hasMessage(failure.getMessage());
      assertThat(source.status().pieces())
          .extracting(piece -> piece.lastFailure().orElse(""))
          .contains(failure.reason());
    }
  }

  @Test
  void whileAServerCouldNotBeAskedGarbageOfAnotherIsNoVerdict() {
    try (PcsServer garbling = SimulatedIntel.server(SHARED.platform.collateral());
        PcsServer broken = SimulatedIntel.server();
        CachingCollateralSource source = SHARED.source(clock, garbling, broken)) {
      garbling.fault(EVERYTHING, text(t -> "<html>welcome</html>"));
      broken.fault(EVERYTHING, new HttpFault.Status(503));

      assertThat(unavailable(source))
          .hasMessageStartingWith("the root CRL is not to be had; ")
          .extracting(CollateralUnavailableException::code)
          .isEqualTo(Code.STATUS);
    }
  }

  @ParameterizedTest
  @CsvSource({"rootcacrl, false", "pckcrl, false", "qe/identity, false", "tcb?, true"})
  void onlyAPlatformThatIsNotKnownIsToBeRegistered(String part, boolean ofPlatform) {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.fault(part, new HttpFault.Status(404));

      CollateralUnavailableException failure = unavailable(source);

      assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
      assertThat(failure.advice().contains("registered")).isEqualTo(ofPlatform);
      assertThat(failure.advice().contains("base URL")).isEqualTo(!ofPlatform);
    }
  }

  @Test
  void aServerThatNeverAnswersTimesOutAndTheNextIsAsked() throws Exception {
    SimulatedCollateral good = SHARED.platform.collateral();
    try (PcsServer silent = SimulatedIntel.server(good);
        PcsServer next = SimulatedIntel.server(good);
        CachingCollateralSource source =
            SHARED.source(
                clock, LESS_IMPATIENT, CachePolicy.DEFAULT, SimulatedIntel.bases(silent, next))) {
      silent.fault(EVERYTHING, new HttpFault.Hang());

      assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));

      // Asked for the first piece, then only after the others.
      assertThat(silent.requests()).hasSize(1);
      assertThat(next.requests()).hasSize(4);
    }
  }

  @Test
  void aServerThatStopsInTheBodyTimesOut() {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source =
            SHARED.source(clock, IMPATIENT, CachePolicy.DEFAULT, server)) {
      server.fault("rootcacrl", new HttpFault.HangInBody(10));

      assertThat(failure(source)).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void aServerThatDripsItsBodyTimesOut() throws Exception {
    try (DrippingServer server = DrippingServer.inBody();
        CachingCollateralSource source =
            SHARED.source(clock, IMPATIENT, CachePolicy.DEFAULT, List.of(server.base()))) {
      assertThat(failure(source)).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void aServerThatDripsItsHeadersTimesOut() throws Exception {
    try (DrippingServer server = DrippingServer.inHead();
        CachingCollateralSource source =
            SHARED.source(clock, IMPATIENT, CachePolicy.DEFAULT, List.of(server.base()))) {
      assertThat(failure(source)).isEqualTo(Code.TIMEOUT);
    }
  }

  @Test
  void aPortWhereNobodyListensIsUnreachableAndSaysWhatToDo() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (CachingCollateralSource source =
        SHARED.source(
            clock,
            SimulatedIntel.PATIENT,
            CachePolicy.DEFAULT,
            List.of(PcsBase.of("http://127.0.0.1:" + port)))) {
      CollateralUnavailableException failure = unavailable(source);

      assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
      assertThat(failure.host()).isEqualTo("127.0.0.1:" + port);
      assertThat(failure).hasMessageContaining("no connection (refused, or no route)");
      assertThat(failure.advice()).contains("check the address");
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    SimulatedCollateral good = SHARED.platform.collateral();
    try (PcsServer server = SimulatedIntel.server(good);
        PcsServer elsewhere = SimulatedIntel.server(good);
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.fault(EVERYTHING, new HttpFault.Redirect(elsewhere.baseUri().resolve("/sgx/")));

      assertThat(failure(source)).isEqualTo(Code.STATUS);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void aHealthyFirstServerServesEverything() throws Exception {
    SimulatedCollateral good = SHARED.platform.collateral();
    try (PcsServer first = SimulatedIntel.server(good);
        PcsServer second = SimulatedIntel.server(good);
        CachingCollateralSource source = SHARED.source(clock, first, second)) {
      assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));

      assertThat(first.requests()).hasSize(4);
      assertThat(second.requests()).isEmpty();
    }
  }

  @Test
  void theRootCrlCanBeElsewhereAndInDer() throws Exception {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral())) {
      server.fault("/rootcacrl", new HttpFault.Status(404));
      PcsBase likeIntel =
          new PcsBase(server.baseUri(), server.baseUri().resolve("/IntelSGXRootCA.der"));
      try (CachingCollateralSource source =
          SHARED.source(clock, SimulatedIntel.PATIENT, CachePolicy.DEFAULT, List.of(likeIntel))) {
        assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
      }
    }
  }

  @Test
  void aCrlCanBeInPem() throws Exception {
    try (PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
        CachingCollateralSource source = SHARED.source(clock, server)) {
      server.fault(
          "pckcrl",
          new HttpFault.ChangeBody(
              der -> Pem.crl(der).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));

      assertVerifies(source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
    }
  }

  private static PcsPlace place() {
    return PcsPlace.of(SHARED.platform.collateral());
  }

  private static HttpFault text(UnaryOperator<String> change) {
    return new HttpFault.ChangeBody(body ->
        change.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
  }

  private static CollateralUnavailableException unavailable(CachingCollateralSource source) {
    return catchThrowableOfType(
        CollateralUnavailableException.class,
        () -> source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
  }

  private static VerificationException refused(CachingCollateralSource source) {
    return catchThrowableOfType(
        VerificationException.class,
        () -> source.collateral(SHARED.chain(SHARED.platform), TDX, NOW));
  }

  private static Enum<?> failure(CachingCollateralSource source) {
    try {
      source.collateral(SHARED.chain(SHARED.platform), TDX, NOW);
      throw new AssertionError("collateral was given out");
    } catch (CollateralUnavailableException e) {
      return e.code();
    } catch (VerificationException e) {
      return e.code();
    }
  }

  private static void assertVerifies(Collateral collateral) throws VerificationException {
    assertThat(
            new DcapVerifier(SHARED.anchor, VerifierOptions.STRICT)
                .verify(SimulatedIntel.quote(SHARED.platform), collateral, NOW)
                .tcb()
                .status()
                .text())
        .isEqualTo("UpToDate");
  }
}
