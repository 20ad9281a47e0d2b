package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.Revoked;
import network.calimero.tee.simulator.pki.PckCa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache never widens what is accepted (dcap.md, "Caching"). */
class CachingTest {
  private static final Instant NOW = Scenario.NOW;
  private final DcapVerifier verifier =
      DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 16);

  private static final Scenario.Evidence GENUINE = new Scenario().evidence();
  private static final Quote QUOTE = GENUINE.parsed();
  private static final Collateral COLLATERAL = GENUINE.unproven();

  @Test
  void whatWasAcceptedIsAcceptedAgainWithTheSameResult() throws Exception {
    String first = describe(verifier.verify(QUOTE, COLLATERAL, NOW));
    assertThat(describe(verifier.verify(QUOTE, COLLATERAL, NOW))).isEqualTo(first);
    Instant later = NOW.plusSeconds(60);
    assertThat(verifier.verify(QUOTE, COLLATERAL, later).verifiedAt()).isEqualTo(later);
  }

  @Test
  void theClockIsLookedAtEveryTime() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    Instant end = NOW.plus(Duration.ofDays(29));
    assertThat(verifier.verify(QUOTE, COLLATERAL, end).verifiedAt()).isEqualTo(end);
    refused(QUOTE, COLLATERAL, end.plusSeconds(1), FailureCode.TCB_INFO_EXPIRED);
    Instant start = NOW.minus(Duration.ofDays(1));
    refused(QUOTE, COLLATERAL, start.minusSeconds(1), FailureCode.TCB_INFO_NOT_YET_VALID);
    assertThat(verifier.verify(QUOTE, COLLATERAL, NOW).verifiedAt()).isEqualTo(NOW);
  }

  @Test
  void eachPartEndsInItsOwnTime() throws Exception {
    Instant end = NOW.plusSeconds(5);
    Instant start = NOW.minus(Duration.ofDays(1));
    List<Scenario> ending =
        List.of(
            new Scenario().platform(p -> p.tcbInfo(t -> t.dates(start, end))),
            new Scenario().platform(p -> p.qeIdentity(q -> q.dates(start, end))),
            new Scenario().platform(p -> p.rootCrl(c -> c.validity(start, end))),
            new Scenario().platform(p -> p.pckCrl(c -> c.validity(start, end))),
            new Scenario().platform(p -> p.pck(c -> c.validity(start, end))),
            new Scenario()
                .under(Scenario.pki(p -> p.pckCa(PckCa.PLATFORM, c -> c.validity(start, end)))),
            new Scenario().under(Scenario.pki(p -> p.tcbSigning(c -> c.validity(start, end)))));
    List<FailureCode> expected =
        List.of(
            FailureCode.TCB_INFO_EXPIRED,
            FailureCode.QE_IDENTITY_EXPIRED,
            FailureCode.ROOT_CRL_EXPIRED,
            FailureCode.PCK_CRL_EXPIRED,
            FailureCode.PCK_CHAIN_EXPIRED,
            FailureCode.PCK_CHAIN_EXPIRED,
            FailureCode.TCB_INFO_CHAIN_EXPIRED);
    for (int i = 0; i < ending.size(); i++) {
      Scenario.Evidence evidence = ending.get(i).evidence();
      verifier.verify(evidence.parsed(), evidence.unproven(), end);
      refused(evidence.parsed(), evidence.unproven(), end.plusSeconds(1), expected.get(i));
    }
  }

  @Test
  void revocationCountsFromTheNextCollateralOn() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    Collateral pck = collateral(new Scenario().platform(p -> p.revoke(Revoked.PCK)));
    refused(QUOTE, pck, NOW, FailureCode.PCK_REVOKED);
    Collateral authority = collateral(new Scenario().platform(p -> p.revoke(Revoked.PCK_CA)));
    refused(QUOTE, authority, NOW, FailureCode.PCK_CA_REVOKED);
    Collateral signer = collateral(new Scenario().platform(p -> p.revoke(Revoked.TCB_SIGNING)));
    refused(QUOTE, signer, NOW, FailureCode.TCB_INFO_SIGNER_REVOKED);
    Collateral tcb = collateral(new Scenario().platform(p -> p.platformStatus("Revoked")));
    refused(QUOTE, tcb, NOW, FailureCode.TCB_REVOKED);
  }

  @Test
  void everyPartOfTheCollateralIsPartOfItsKey() throws Exception {
    Collateral other =
        collateral(
            new Scenario()
                .under(Scenario.foreignPki())
                .platform(p -> p.certificationType(3).pckChainInCollateral()));
    for (int part = 0; part < 8; part++) {
      verifier.verify(QUOTE, COLLATERAL, NOW);
      Collateral mixed = mixed(COLLATERAL, other, part);
      String fresh = outcome(fresh(), QUOTE, mixed, NOW);
      assertThat(outcome(verifier, QUOTE, mixed, NOW)).isEqualTo(fresh);
      assertThat(fresh).startsWith("refused");
    }
  }

  /** The first, with one of its parts from the second. */
  private static Collateral mixed(Collateral a, Collateral b, int part) {
    return new Collateral(
        a.pckCrlIssuerChain(),
        part == 0 ? b.rootCaCrl() : a.rootCaCrl(),
        part == 1 ? b.pckCrl() : a.pckCrl(),
        part == 2 ? b.tcbInfoIssuerChain() : a.tcbInfoIssuerChain(),
        part == 3 ? b.tcbInfo().slice(0, b.tcbInfo().length() - 1) : a.tcbInfo(),
        part == 4 ? b.tcbInfoSignature() : a.tcbInfoSignature(),
        part == 5 ? b.qeIdentityIssuerChain() : a.qeIdentityIssuerChain(),
        part == 6 ? b.qeIdentity().slice(0, b.qeIdentity().length() - 1) : a.qeIdentity(),
        part == 7 ? b.qeIdentitySignature() : a.qeIdentitySignature(),
        Optional.empty());
  }

  /** By as many bytes as each octet of a length counts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 256, 65_536})
  void boundariesBetweenPartsArePartOfTheKey(int by) throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    Bytes document = COLLATERAL.tcbInfo();
    Bytes long65536 = Bytes.of(new byte[65_536]);
    Collateral one = with(Bytes.fromHex(document.hex() + long65536.hex()), Bytes.EMPTY);
    Bytes both = one.tcbInfo();
    Collateral shifted =
        with(both.slice(0, both.length() - by), both.slice(both.length() - by, both.length()));
    assertThat(shifted.fingerprint()).isNotEqualTo(one.fingerprint());
    int end = document.length() - 1;
    refused(
        QUOTE,
        with(
            document.slice(0, end),
            Bytes.fromHex(
                document.slice(end, document.length()).hex()
                    + COLLATERAL.tcbInfoSignature().hex())),
        NOW,
        FailureCode.TCB_INFO_SIGNATURE_INVALID);
  }

  private static Collateral with(Bytes tcbInfo, Bytes signature) {
    return new Collateral(
        COLLATERAL.pckCrlIssuerChain(),
        COLLATERAL.rootCaCrl(),
        COLLATERAL.pckCrl(),
        COLLATERAL.tcbInfoIssuerChain(),
        tcbInfo,
        signature,
        COLLATERAL.qeIdentityIssuerChain(),
        COLLATERAL.qeIdentity(),
        COLLATERAL.qeIdentitySignature(),
        Optional.empty());
  }

  @Test
  void anotherRootHasACacheOfItsOwn() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    TrustAnchor foreign = TrustAnchor.of(Bytes.of(Scenario.foreignPki().root().der()));
    DcapVerifier other = DcapVerifier.caching(foreign, VerifierOptions.STRICT, 16);
    assertThat(outcome(other, QUOTE, COLLATERAL, NOW)).startsWith("refused ROOT_CRL_SIGNATURE");
  }

  @Test
  void stricterOptionsHaveACacheOfTheirOwn() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    DcapVerifier strict =
        DcapVerifier.caching(Scenario.ANCHOR, new VerifierOptions(false, false, 21, 0), 16);
    assertThat(outcome(strict, QUOTE, COLLATERAL, NOW)).startsWith("refused TCB_INFO_TOO_OLD");
  }

  @Test
  void collateralOfOneTeeIsNotThatOfTheOther() throws Exception {
    Scenario.Evidence sgx = new Scenario().sgx().evidence();
    verifier.verify(QUOTE, COLLATERAL, NOW);
    verifier.verify(sgx.parsed(), sgx.unproven(), NOW);
    refused(sgx.parsed(), COLLATERAL, NOW, FailureCode.TCB_INFO_WRONG_TYPE);
    refused(QUOTE, sgx.unproven(), NOW, FailureCode.TCB_INFO_WRONG_TYPE);
  }

  @Test
  void aChainSeenUnderOneCollateralIsProvenAgainUnderAnother() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    Scenario.Evidence processor = new Scenario().platform(p -> p.pckCa(PckCa.PROCESSOR)).evidence();
    verifier.verify(processor.parsed(), processor.unproven(), NOW);
    refused(QUOTE, processor.unproven(), NOW, FailureCode.PCK_CRL_WRONG_ISSUER);
    refused(processor.parsed(), COLLATERAL, NOW, FailureCode.PCK_CRL_WRONG_ISSUER);
  }

  @Test
  void aFailureIsNotRememberedAndDoesNotSpoilWhatIs() throws Exception {
    Collateral damaged = mixed(COLLATERAL, COLLATERAL, 3);
    refused(QUOTE, damaged, NOW, FailureCode.TCB_INFO_SIGNATURE_INVALID);
    verifier.verify(QUOTE, COLLATERAL, NOW);
    refused(QUOTE, damaged, NOW, FailureCode.TCB_INFO_SIGNATURE_INVALID);
    refused(QUOTE, COLLATERAL, NOW.minus(Duration.ofDays(9)), FailureCode.TCB_INFO_NOT_YET_VALID);
    verifier.verify(QUOTE, COLLATERAL, NOW);
  }

  @Test
  void aQuoteIsJudgedEveryTimeWhateverIsKnownOfItsChain() throws Exception {
    verifier.verify(QUOTE, COLLATERAL, NOW);
    Scenario.Evidence debug = new Scenario().image(image -> image.debug()).evidence();
    refused(debug.parsed(), COLLATERAL, NOW, FailureCode.TD_DEBUG);
    Scenario.Evidence damaged =
        new Scenario().quote(q -> q.quoteSignature(s -> new byte[64])).evidence();
    refused(damaged.parsed(), COLLATERAL, NOW, FailureCode.QUOTE_SIGNATURE_INVALID);
  }

  @Test
  void aCacheHoldsAtLeastOneEntry() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 0));
    assertThat(DcapVerifier.caching(Scenario.ANCHOR, VerifierOptions.STRICT, 1).anchor())
        .isSameAs(Scenario.ANCHOR);
  }

  @Test
  void entriesAreRememberedAndTheLeastRecentlyUsedGoesFirst() throws Exception {
    ValidatedCollateral first = validated(new Scenario());
    ValidatedCollateral second = validated(new Scenario().platform(p -> p.evaluationDataNumber(7)));
    ValidatedCollateral third = validated(new Scenario().platform(p -> p.evaluationDataNumber(8)));
    VerificationCache cache = new VerificationCache(2);
    cache.remember(first);
    cache.remember(second);
    assertThat(cache.collateral(first.fingerprint(), NOW)).containsSame(first);
    cache.remember(third);
    assertThat(cache.collateral(first.fingerprint(), NOW)).containsSame(first);
    assertThat(cache.collateral(second.fingerprint(), NOW)).isEmpty();
    assertThat(cache.collateral(third.fingerprint(), NOW)).containsSame(third);
    assertThat(cache.collateral(third.fingerprint(), NOW.plus(Duration.ofDays(30)))).isEmpty();
    var pem = PckChain.pem(QUOTE, Optional.empty());
    CheckedPckChain chain =
        CheckedPckChain.of(PckChain.authenticate(pem, Scenario.ANCHOR, NOW), first, NOW);
    cache.remember(pem, chain, first);
    assertThat(cache.chain(pem, first, NOW)).containsSame(chain);
    assertThat(cache.chain(pem, third, NOW)).isEmpty();
    assertThat(cache.chain(pem.slice(0, pem.length() - 1), first, NOW)).isEmpty();
    assertThat(cache.chain(pem, first, NOW.plus(Duration.ofDays(30)))).isEmpty();
  }

  @Test
  void aChainIsProvenOncePerBytesAndNeverOutsideItsTime() throws Exception {
    PckChain chain = verifier.authenticate(QUOTE, NOW);
    assertThat(verifier.authenticate(QUOTE, NOW)).isSameAs(chain);
    assertThat(fresh().authenticate(QUOTE, NOW)).isNotSameAs(chain);
    assertThat(verifier.authenticate(QUOTE, chain.validity().notAfter())).isSameAs(chain);
    expired(chain.validity().notAfter().plusSeconds(1), FailureCode.PCK_CHAIN_EXPIRED);
    expired(chain.validity().notBefore().minusSeconds(1), FailureCode.PCK_CHAIN_NOT_YET_VALID);
    Quote foreign = new Scenario().under(Scenario.foreignPki()).evidence().parsed();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(VerificationException.class)
          .isThrownBy(() -> verifier.authenticate(foreign, NOW));
    }
  }

  private void expired(Instant now, FailureCode code) {
    assertThatExceptionOfType(VerificationException.class)
        .isThrownBy(() -> verifier.authenticate(QUOTE, now))
        .extracting(VerificationException::code)
        .isEqualTo(code);
  }

  private static ValidatedCollateral validated(Scenario scenario) throws VerificationException {
    return new CollateralValidator(Scenario.ANCHOR, VerifierOptions.STRICT)
        .validate(collateral(scenario), QUOTE.teeType(), NOW);
  }

  private static Collateral collateral(Scenario scenario) {
    return scenario.evidence().unproven();
  }

  private static DcapVerifier fresh() {
    return new DcapVerifier(Scenario.ANCHOR, VerifierOptions.STRICT);
  }

  private void refused(Quote quote, Collateral collateral, Instant now, FailureCode code) {
    assertThatExceptionOfType(VerificationException.class)
        .isThrownBy(() -> verifier.verify(quote, collateral, now))
        .extracting(VerificationException::code)
        .isEqualTo(code);
  }

  static String outcome(DcapVerifier verifier, Quote quote, Collateral collateral, Instant now) {
    try {
      return "accepted " + describe(verifier.verify(quote, collateral, now));
    } catch (VerificationException e) {
      return "refused " + e.code() + ": " + e.getMessage();
    }
  }

  private static String describe(VerifiedQuote verified) {
    return "%s %s %s %s"
        .formatted(
            verified.quote().bytes().hex(),
            verified.tcb(),
            verified.platform(),
            verified.collateral());
  }
}
