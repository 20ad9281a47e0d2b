package network.calimero.tee.kms.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a join, each against a partner that is not what it should be. */
class JoinTest {
  private final RootHolder holder = new RootHolder();

  private static TdImage other(Register register) {
    byte[] value = Machines.filled(0x5a);
    return switch (register) {
      case MRTD -> Machines.IMAGE.with(TdField.MR_TD, value);
      case RTMR0 -> Machines.IMAGE.withRtmr(0, value);
      case RTMR1 -> Machines.IMAGE.withRtmr(1, value);
      case RTMR2 -> Machines.IMAGE.withRtmr(2, value);
      case RTMR3 -> Machines.IMAGE.withRtmr(3, value);
    };
  }

  private RootGiver giver(SameAsMe rule, QuoteSource quotes) {
    if (!holder.isFilled()) {
      holder.hold(ClusterRoot.generate(Machines.RANDOM), Machines.NOW);
    }
    return new RootGiver(holder, rule, quotes, Machines.CLOCK, Machines.RANDOM);
  }

  private RootGiver giver() throws Exception {
    return giver(Machines.rule(), Machines.quotes(Machines.IMAGE));
  }

  private static RootJoiner joiner(SameAsMe rule, QuoteSource quotes) {
    return new RootJoiner(rule, quotes, Machines.CLOCK, Machines.RANDOM);
  }

  private static RootJoiner joiner() throws Exception {
    return joiner(Machines.rule(), Machines.quotes(Machines.IMAGE));
  }

  /** A peer whose answers are changed on their way. */
  private static Peer peer(RootGiver giver, UnaryOperator<JoinAnswer> change) {
    return new Peer() {
      @Override
      public String name() {
        return "peer";
      }

      @Override
      public boolean saysItHoldsARoot() {
        return true;
      }

      @Override
      public String nonce() throws JoinException {
        try {
          return giver.nonce();
        } catch (KmsException e) {
          throw new JoinException(JoinFault.PEER, e.details());
        }
      }

      @Override
      public JoinAnswer join(JoinRequest request) throws JoinException {
        try {
          return change.apply(giver.join(request));
        } catch (KmsException e) {
          throw new JoinException(JoinFault.PEER, e.details());
        }
      }
    };
  }

  private static Peer peer(RootGiver giver) {
    return peer(giver, answer -> answer);
  }

  private static JoinFault fault(RootJoiner joiner, Peer peer) {
    return catchThrowableOfType(JoinException.class, () -> joiner.join(peer)).fault();
  }

  /** What the giver says to a joiner that runs as that. */
  private KmsException refusal(RootGiver giver, Machines.Quoting machine) throws Exception {
    JoinRequest request = request(giver, machine);
    return catchThrowableOfType(KmsException.class, () -> giver.join(request));
  }

  private static JoinRequest request(RootGiver giver, Machines.Quoting machine)
      throws KmsException {
    String nonce = giver.nonce();
    try (X25519KeyPair pair = X25519KeyPair.generate(Machines.RANDOM)) {
      Bytes bound = Bindings.clusterJoin(pair.publicKey());
      ReportData data = ReportData.of(Bytes.of(StrictBase64.decode(nonce, 32)), bound);
      return new JoinRequest(
          nonce,
          JoinTexts.encode(pair.publicKey().value()),
          StrictBase64.encode(machine.quote(data.value().toArray())));
    }
  }

  private static Machines.Quoting machine(TdImage image) {
    return Machines.PLATFORM.launch(image)::quote;
  }

  private static void assertRefused(KmsException refusal, KmsError error, JoinFault fault) {
    assertThat(refusal.details()).startsWith(fault.text() + ": ");
    assertThat(refusal.error()).isEqualTo(error);
  }

  @Test
  void joinerGetsTheSameRoot() throws Exception {
    RootGiver giver = giver();
    try (ClusterRoot joined = joiner().join(peer(giver))) {
      assertThat(joined.derive("path")).isEqualTo(holder.deriver().derive("path"));
    }
    assertThat(giver.lastRefusal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Register.class)
  void giverRefusesAnyOtherRegister(Register register) throws Exception {
    RootGiver giver = giver();
    KmsException refusal = refusal(giver, machine(other(register)));

    assertRefused(refusal, KmsError.MEASUREMENT_POLICY_REJECTED, JoinFault.REGISTER);
    assertThat(refusal.details()).contains(register + " is " + "5a".repeat(48));
    assertThat(giver.lastRefusal()).contains(refusal.details());
  }

  @ParameterizedTest
  @EnumSource(Register.class)
  void joinerTakesNothingFromAnyOtherRegister(Register register) throws Exception {
    // A giver that does not follow the rule, and runs as something else.
    RootGiver evil = giver(Machines.rule(), Machines.quotes(other(register)));

    assertThat(fault(joiner(), peer(evil))).isEqualTo(JoinFault.REGISTER);
  }

  @Test
  void bothSidesRefuseADebugTd() throws Exception {
    assertRefused(
        refusal(giver(), machine(Machines.IMAGE.debug())),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.DEBUG);
    RootGiver evil = giver(Machines.rule(), Machines.quotes(Machines.IMAGE.debug()));
    assertThat(fault(joiner(), peer(evil))).isEqualTo(JoinFault.DEBUG);
  }

  @Test
  void debugTdIsRefusedWhateverTheVerifierAllows() throws Exception {
    SameAsMe lenient = Machines.rule(Machines.PLATFORM, new VerifierOptions(true, false, 0, 0));
    assertRefused(
        refusal(giver(lenient, Machines.quotes(Machines.IMAGE)), machine(Machines.IMAGE.debug())),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.DEBUG);
  }

  @Test
  void bothSidesRefuseATcbStatusThatThePolicyDoesNotAllow() throws Exception {
    SimulatedPlatform old =
        SimulatedPlatform.builder(Machines.NOW).platformStatus("OutOfDate").build();
    SameAsMe rule = Machines.rule(old, VerifierOptions.STRICT);
    QuoteSource quotes = Machines.quotes(old.launch(Machines.IMAGE)::quote);
    RootGiver giver = giver(rule, quotes);

    KmsException refusal = refusal(giver, old.launch(Machines.IMAGE)::quote);
    assertRefused(refusal, KmsError.TCB_STATUS_REJECTED, JoinFault.TCB_STATUS);
    assertThat(refusal.details()).contains("OutOfDate");

    SameAsMe allowing =
        Machines.rule(
            old, VerifierOptions.STRICT, Machines.enforced(Set.of(TcbStatus.OUT_OF_DATE)));
    RootGiver careless = giver(allowing, quotes);
    assertThat(fault(joiner(rule, quotes), peer(careless))).isEqualTo(JoinFault.TCB_STATUS);
    joiner(allowing, quotes).join(peer(careless)).close();
  }

  @Test
  void withoutAPolicyNobodyJoinsAndUnenforcedOnlyTheStatusIsNotAsked() throws Exception {
    SameAsMe unready =
        Machines.rule(
            Machines.PLATFORM, VerifierOptions.STRICT, () -> new PolicyState.NotReady("why"));
    QuoteSource quotes = Machines.quotes(Machines.IMAGE);
    assertRefused(
        refusal(giver(unready, quotes), machine(Machines.IMAGE)),
        KmsError.POLICY_NOT_READY,
        JoinFault.NO_POLICY);

    PolicyState off =
        new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest");
    SameAsMe unenforced = Machines.rule(Machines.PLATFORM, VerifierOptions.STRICT, () -> off);
    RootGiver giver = giver(unenforced, quotes);
    joiner().join(peer(giver)).close();
    assertRefused(
        refusal(giver, machine(other(Register.RTMR1))),
        KmsError.MEASUREMENT_POLICY_REJECTED,
        JoinFault.REGISTER);
  }

  @Test
  void joinThatIsPlayedBackIsRefused() throws Exception {
    RootGiver giver = giver();
    JoinRequest request = request(giver, machine(Machines.IMAGE));
    giver.join(request);

    assertRefused(
        catchThrowableOfType(KmsException.class, () -> giver.join(request)),
        KmsError.INVALID_CHALLENGE,
        JoinFault.NONCE);
  }

  @Test
  void quoteForAnotherNonceOrKeyIsRefused() throws Exception {
    RootGiver giver = giver();
    JoinRequest one = request(giver, machine(Machines.IMAGE));
    JoinRequest two = request(giver, machine(Machines.IMAGE));

    JoinRequest otherNonce = new JoinRequest(two.nonceB64(), one.joinerPublicB64(), one.quoteB64());
    assertRefused(
        catchThrowableOfType(KmsException.class, () -> giver.join(otherNonce)),
        KmsError.INVALID_CHALLENGE,
        JoinFault.OTHER_NONCE);
    JoinRequest otherKey = new JoinRequest(one.nonceB64(), two.joinerPublicB64(), one.quoteB64());
    assertRefused(
        catchThrowableOfType(KmsException.class, () -> giver.join(otherKey)),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.OTHER_KEY);
  }

  @Test
  void whatIsNoQuoteOrNotGenuineIsRefused() throws Exception {
    RootGiver giver = giver();
    assertRefused(
        refusal(giver, _ -> new byte[100]),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.NOT_A_QUOTE);
    assertRefused(
        refusal(giver, SimulatedPlatform.at(Machines.NOW).launch(Machines.IMAGE)::quote),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.NOT_GENUINE);
    assertRefused(
        refusal(giver, Machines.PLATFORM.loadEnclave("kms")::quote),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.NOT_GENUINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "*", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void textsOfAnotherSizeAndKeysOfLowOrderAreRefused(String text) throws Exception {
    RootGiver giver = giver();
    JoinRequest good = request(giver, machine(Machines.IMAGE));

    assertRefused(
        catchThrowableOfType(
            KmsException.class,
            () -> giver.join(new JoinRequest(good.nonceB64(), text, good.quoteB64()))),
        KmsError.INVALID_ATTESTATION_REQUEST,
        JoinFault.MALFORMED);
    UnaryOperator<JoinAnswer> lowOrder =
        a -> new JoinAnswer(a.quoteB64(), text, a.sealNonceB64(), a.sealedRootB64());
    assertThat(fault(joiner(), peer(giver, lowOrder))).isEqualTo(JoinFault.MALFORMED);
  }

  @Test
  void hugeTextsAreRefusedBeforeTheyAreDecoded() throws Exception {
    RootGiver giver = giver();
    String huge = "A".repeat(4 << 20);
    UnaryOperator<JoinAnswer> root =
        a -> new JoinAnswer(a.quoteB64(), a.giverPublicB64(), a.sealNonceB64(), huge);
    UnaryOperator<JoinAnswer> quote =
        a -> new JoinAnswer(huge, a.giverPublicB64(), a.sealNonceB64(), a.sealedRootB64());

    assertThat(fault(joiner(), peer(giver, root))).isEqualTo(JoinFault.MALFORMED);
    assertThat(fault(joiner(), peer(giver, quote))).isEqualTo(JoinFault.MALFORMED);
  }

  private static String flipped(String base64) {
    byte[] bytes = StrictBase64.decode(base64, 64);
    bytes[0] ^= 1;
    return StrictBase64.encode(bytes);
  }

  @Test
  void answerOfWhichAnythingWasAlteredIsRefused() throws Exception {
    RootGiver giver = giver();
    UnaryOperator<JoinAnswer> sealedRoot =
        a ->
            new JoinAnswer(
                a.quoteB64(), a.giverPublicB64(), a.sealNonceB64(), flipped(a.sealedRootB64()));
    UnaryOperator<JoinAnswer> sealNonce =
        a ->
            new JoinAnswer(
                a.quoteB64(), a.giverPublicB64(), flipped(a.sealNonceB64()), a.sealedRootB64());
    UnaryOperator<JoinAnswer> giverKey =
        a ->
            new JoinAnswer(
                a.quoteB64(), flipped(a.giverPublicB64()), a.sealNonceB64(), a.sealedRootB64());

    assertThat(fault(joiner(), peer(giver, sealedRoot))).isEqualTo(JoinFault.ALTERED_ANSWER);
    assertThat(fault(joiner(), peer(giver, sealNonce))).isEqualTo(JoinFault.ALTERED_ANSWER);
    assertThat(fault(joiner(), peer(giver, giverKey))).isEqualTo(JoinFault.ALTERED_ANSWER);
  }

  @Test
  void answerToAnotherJoinIsRefused() throws Exception {
    RootGiver giver = giver();
    JoinAnswer earlier = giver.join(request(giver, machine(Machines.IMAGE)));

    assertThat(fault(joiner(), peer(giver, _ -> earlier))).isEqualTo(JoinFault.OTHER_NONCE);
  }

  @Test
  void sealedRootThatDoesNotOpenIsRefusedEvenIfItsQuoteVouchesForIt() throws Exception {
    // Only a replica that is the same could do this: it has a fault of its own.
    RootGiver giver = giver();
    Machines.Quoting same = machine(Machines.IMAGE);
    Peer faulty =
        new Peer() {
          @Override
          public String name() {
            return "faulty";
          }

          @Override
          public boolean saysItHoldsARoot() {
            return true;
          }

          @Override
          public String nonce() throws JoinException {
            return peer(giver).nonce();
          }

          @Override
          public JoinAnswer join(JoinRequest request) throws JoinException {
            try (X25519KeyPair pair = X25519KeyPair.generate(Machines.RANDOM)) {
              var joiner = JoinTexts.publicKey("joiner", request.joinerPublicB64());
              var sealed = new Sealed(Bytes.of(new byte[48]), Bytes.of(new byte[12]));
              ReportData data =
                  ReportData.of(
                      JoinTexts.exactly(32, "nonce", request.nonceB64()),
                      Bindings.clusterGive(joiner, pair.publicKey(), sealed));
              return new JoinAnswer(
                  StrictBase64.encode(same.quote(data.value().toArray())),
                  JoinTexts.encode(pair.publicKey().value()),
                  JoinTexts.encode(sealed.nonce()),
                  JoinTexts.encode(sealed.ciphertext()));
            }
          }
        };

    assertThat(fault(joiner(), faulty)).isEqualTo(JoinFault.SEALED_ROOT);
  }

  @Test
  void platformThatGivesOtherQuotesThanAskedForGivesNone() throws Exception {
    byte[] stale = machine(Machines.IMAGE).quote(new byte[64]);
    QuoteSource broken = Machines.quotes(_ -> stale);

    assertThat(fault(joiner(Machines.rule(), broken), peer(giver())))
        .isEqualTo(JoinFault.NO_OWN_QUOTE);
    assertRefused(
        refusal(giver(Machines.rule(), broken), machine(Machines.IMAGE)),
        KmsError.ATTESTATION_VERIFICATION_FAILED,
        JoinFault.NO_OWN_QUOTE);
  }

  @Test
  void withoutARootNothingIsGiven() throws Exception {
    RootGiver empty =
        new RootGiver(
            new RootHolder(),
            Machines.rule(),
            Machines.quotes(Machines.IMAGE),
            Machines.CLOCK,
            Machines.RANDOM);

    assertThat(catchThrowableOfType(KmsException.class, empty::nonce).error())
        .isEqualTo(KmsError.POLICY_NOT_READY);
    JoinRequest request = new JoinRequest("", "", "");
    assertThat(catchThrowableOfType(KmsException.class, () -> empty.join(request)).error())
        .isEqualTo(KmsError.POLICY_NOT_READY);
    assertThat(empty.lastRefusal()).isEmpty();
  }

  private static SameAsMe rule(FreshnessGuard guard) throws Exception {
    return Machines.rule(
        Machines.PLATFORM,
        VerifierOptions.STRICT,
        Machines.enforced(Set.of(TcbStatus.UP_TO_DATE)),
        guard);
  }

  @Test
  void neitherSideBelievesAClockBeforeTheBuildOrCollateralBelowTheMinimum() throws Exception {
    QuoteSource quotes = Machines.quotes(Machines.IMAGE);
    SameAsMe early =
        rule(new FreshnessGuard(Machines.NOW.plusSeconds(1), Minimums.NONE, new SeenCollateral()));
    SameAsMe strict =
        rule(
            new FreshnessGuard(
                Machines.NOW, new Minimums(Integer.MAX_VALUE, 0), new SeenCollateral()));

    JoinException refused =
        catchThrowableOfType(
            JoinException.class, () -> joiner(early, quotes).join(peer(giver(), answer -> answer)));
    assertThat(refused.fault()).isEqualTo(JoinFault.NO_VERDICT);
    assertThat(refused).hasMessageStartingWith("no_verdict: clock_before_build: ");
    JoinException refusing =
        catchThrowableOfType(
            JoinException.class,
            () -> joiner().join(peer(giver(strict, quotes), answer -> answer)));
    assertThat(refusing).hasMessageContaining("no_verdict: tcb_info_below_minimum: ");
    assertThat(refusing).hasMessageContaining("PCS_URLS");
  }
}
