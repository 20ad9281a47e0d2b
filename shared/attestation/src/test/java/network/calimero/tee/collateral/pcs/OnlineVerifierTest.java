package network.calimero.tee.collateral.pcs;

import static network.calimero.tee.collateral.pcs.SimulatedIntel.NOW;
import static network.calimero.tee.collateral.pcs.SimulatedIntel.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.collateral.CollateralGate;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.CollateralFacts;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.dcap.VerificationException;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pki.PckCa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Quotes verified with collateral that is fetched for them, and those for which nothing is. */
class OnlineVerifierTest {
  private final TestClock clock = new TestClock(NOW);
  private final PcsServer server = SimulatedIntel.server(SHARED.platform.collateral());
  private final CachingCollateralSource source = SHARED.source(clock, server);
  private final OnlineVerifier verifier =
      new OnlineVerifier(DcapVerifier.caching(SHARED.anchor, VerifierOptions.STRICT, 16), source);

  @AfterEach
  void close() {
    source.close();
    server.close();
  }

  @Test
  void aQuoteIsVerifiedWithTheCollateralOfItsPlatform() throws Exception {
    assertThat(verify(SHARED.platform)).isEqualTo("UpToDate");
    assertThat(verify(SHARED.platform)).isEqualTo("UpToDate");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void sgxAndTheProcessorAuthorityHaveTheirOwnDocuments() throws Exception {
    SimulatedPlatform other =
        SHARED.platform("0A0B0C0D0E0F", settings -> settings.pckCa(PckCa.PROCESSOR));
    server.serve(other.sgxCollateral());

    Quote quote = Quote.parse(other.loadEnclave("vault").quote(new byte[64]));

    assertThat(verifier.verify(quote, NOW).tcb().status().text()).isEqualTo("UpToDate");
    assertThat(server.count("/sgx/certification/v4/qe/identity")).isEqualTo(1);
    assertThat(server.count("/sgx/certification/v4/tcb?fmspc=0A0B0C0D0E0F")).isEqualTo(1);
    assertThat(server.count("pckcrl?ca=processor&encoding=der")).isEqualTo(1);
  }

  static Stream<Arguments> unproven() {
    return Stream.of(
        Arguments.of(
            FailureCode.ROOT_UNTRUSTED,
            SimulatedPlatform.builder(NOW).fmspc("00AABBCCDD00").build()),
        under(FailureCode.PCK_CHAIN_MISSING, settings -> settings.certificationType(1)),
        under(FailureCode.PCK_CHAIN_MISSING, settings -> settings.certificationType(2)),
        under(FailureCode.PCK_CHAIN_MISSING, settings -> settings.certificationType(3)),
        under(FailureCode.PCK_CHAIN_MISSING, settings -> settings.certificationType(4)),
        under(FailureCode.PCK_CHAIN_MISSING, settings -> settings.certificationType(7)),
        under(FailureCode.PCK_CHAIN_EXPIRED, PlatformBuilder::pckExpired),
        under(FailureCode.PCK_CHAIN_NOT_YET_VALID, PlatformBuilder::pckNotYetValid),
        under(FailureCode.PCK_EXTENSION_INVALID, PlatformBuilder::pckWithoutSgxExtension),
        under(FailureCode.PCK_CHAIN_MALFORMED, settings -> settings.chainText(text -> "")),
        under(
            FailureCode.PCK_CHAIN_INVALID,
            settings ->
                settings.chainText(text ->
                    leafOf(SimulatedPlatform.builder(NOW).build().pckChain())
                        + text.substring(leafOf(text).length()))));
  }

  private static Arguments under(FailureCode code, UnaryOperator<PlatformBuilder> settings) {
    return Arguments.of(code, SHARED.platform("00AABBCCDD00", settings));
  }

  private static String leafOf(String chain) {
    String end = "-----END CERTIFICATE-----";
    return chain.substring(0, chain.indexOf(end) + end.length());
  }

  @ParameterizedTest
  @MethodSource("unproven")
  void nothingIsFetchedForAPlatformThatHasProvenNothing(
      FailureCode code, SimulatedPlatform platform) {
    VerificationException failure =
        catchThrowableOfType(VerificationException.class, () -> verify(platform));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void noCollateralIsNeverARejection() {
    server.fault("/", new HttpFault.Status(503));

    CollateralUnavailableException failure =
        catchThrowableOfType(CollateralUnavailableException.class, () -> verify(SHARED.platform));

    assertThat(failure.code()).isEqualTo(CollateralUnavailableException.Code.STATUS);
    assertThat(failure.host()).isEqualTo(server.baseUri().getAuthority());
  }

  @Test
  void aModulePublishedSinceIsFoundByAskingOnceMoreAndNotMoreOften() throws Exception {
    SimulatedPlatform updated = SHARED.platform("00AABBCCDD00", settings -> settings.module(7, 2));
    assertThat(verify(SHARED.platform)).isEqualTo("UpToDate");

    assertThat(codeOf(updated)).isEqualTo(FailureCode.TDX_MODULE_UNKNOWN);
    assertThat(server.requests()).hasSize(4);

    clock.pass(Duration.ofMinutes(10));
    assertThat(codeOf(updated)).isEqualTo(FailureCode.TDX_MODULE_UNKNOWN);
    assertThat(codeOf(updated)).isEqualTo(FailureCode.TDX_MODULE_UNKNOWN);
    assertThat(server.requests()).hasSize(8);

    server.serve(updated.collateral());
    clock.pass(Duration.ofMinutes(10));
    assertThat(verify(updated)).isEqualTo("UpToDate");
    assertThat(server.requests()).hasSize(12);
  }

  /** The objection of a gate. */
  private static final class Objection extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aGateIsShownEachSetOnceItIsProvenAndItsObjectionHasTheNewestAskedFor() throws Exception {
    SimulatedPlatform renewed =
        SHARED.platform("00AABBCCDD00", settings -> settings.evaluationDataNumber(21));
    Quote quote = SimulatedIntel.quote(SHARED.platform);
    List<CollateralFacts> shown = new ArrayList<>();
    CollateralGate<Objection> from21 =
        facts -> {
          shown.add(facts);
          boolean old = facts.tcbInfo().evaluationDataNumber() < 21;
          return old ? Optional.of(new Objection()) : Optional.empty();
        };

    assertThatThrownBy(() -> verifier.verify(quote, NOW, from21)).isInstanceOf(Objection.class);
    server.serve(renewed.collateral());
    clock.pass(Duration.ofMinutes(10));
    assertThat(verifier.verify(quote, clock.instant(), from21).tcb().status().text())
        .isEqualTo("UpToDate");

    assertThat(shown).extracting(f -> f.tcbInfo().evaluationDataNumber()).endsWith(20, 21);
    CollateralFacts last = shown.getLast();
    assertThat(last.tee()).isEqualTo(TeeType.TDX);
    assertThat(last.fmspc().hex()).isEqualToIgnoringCase("00AABBCCDD00");
    assertThat(last.qeIdentity().evaluationDataNumber()).isEqualTo(21);
    assertThat(last.crls()).hasSize(2);
    assertThat(last.newestIssue()).isBeforeOrEqualTo(NOW);
  }

  private FailureCode codeOf(SimulatedPlatform platform) {
    return catchThrowableOfType(VerificationException.class, () -> verify(platform)).code();
  }

  private String verify(SimulatedPlatform platform)
      throws VerificationException, CollateralUnavailableException {
    return verifier.verify(SimulatedIntel.quote(platform), clock.instant()).tcb().status().text();
  }
}
