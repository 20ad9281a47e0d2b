package network.calimero.tee.kms.release;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.PckChain;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import org.junit.jupiter.api.Test;

/** What a clock turned back, and collateral that was replaced, make of a request for a key. */
class FreshnessOfEvidenceTest {
  private final Exchange exchange = new Exchange();
  private final AtomicReference<Instant> now = new AtomicReference<>(Exchange.NOW);
  private final Server server = new Server();
  private final SeenCollateral seen = new SeenCollateral();

  /** Serves what it is told to, and counts how often it is asked. */
  private static final class Server implements CollateralSource {
    private final AtomicReference<Collateral> served =
        new AtomicReference<>(Exchange.collateral(Exchange.PLATFORM));
    private final AtomicReference<Collateral> newer = new AtomicReference<>(served.get());
    private final AtomicInteger asked = new AtomicInteger();

    void serve(Collateral collateral) {
      served.set(collateral);
      newer.set(collateral);
    }

    @Override
    public Collateral collateral(PckChain chain, TeeType tee, Instant now) {
      asked.incrementAndGet();
      return served.get();
    }

    @Override
    public Collateral renewed(PckChain chain, TeeType tee, Instant now) {
      served.set(newer.get());
      return collateral(chain, tee, now);
    }
  }

  private GetKey kms(Instant built, Minimums minimums) {
    return kms(new FreshnessGuard(built, minimums, seen));
  }

  private GetKey kms(FreshnessGuard guard) {
    return Exchange.getKey(
        new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest"),
        new InMemoryConsumedChallenges(100),
        path -> SecretBytes.moveFrom(new byte[32]),
        now::get,
        server,
        guard);
  }

  /** Collateral of the platform as it would be otherwise, under the same root. */
  private static Collateral collateral(UnaryOperator<PlatformBuilder> otherwise) {
    SimulatedPlatform platform =
        otherwise
            .apply(SimulatedPlatform.builder(Exchange.NOW).pki(Exchange.PLATFORM.pki()))
            .build();
    return Exchange.collateral(platform);
  }

  private static Collateral ofSets(int tcbInfo, int qeIdentity) {
    return collateral(p ->
        p.tcbInfo(t -> t.evaluationDataNumber(tcbInfo))
            .qeIdentity(q -> q.evaluationDataNumber(qeIdentity)));
  }

  private KmsException refusal(GetKey kms) throws KmsException {
    GetKeyRequest request = exchange.request(kms, "node");
    return catchThrowableOfType(KmsException.class, () -> kms.release(request));
  }

  private void refused(GetKey kms, String reason, String... found) throws KmsException {
    KmsException refusal = refusal(kms);
    assertThat(refusal.error()).isEqualTo(KmsError.ATTESTATION_VERIFICATION_FAILED);
    assertThat(refusal.details())
        .startsWith("no_verdict: " + reason + ": ")
        .contains(found)
        .contains("What the KMS operator can do: ");
  }

  private void released(GetKey kms) throws KmsException {
    assertThat(kms.release(exchange.request(kms, "node"))).isInstanceOf(KeyAnswer.Plain.class);
  }

  @Test
  void clockBeforeTheBuildIsRefusedBeforeAnythingIsFetched() throws KmsException {
    Instant built = Exchange.NOW.plusSeconds(1);

    refused(
        kms(built, Minimums.NONE),
        "clock_before_build",
        Exchange.NOW.toString(),
        built.toString(),
        "set the clock");
    assertThat(server.asked).hasValue(0);
  }

  @Test
  void clockBeforeAnIssueDateSeenIsRefusedBeforeAnythingIsFetched() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, Minimums.NONE);
    released(kms);
    int asked = server.asked.get();

    now.set(Exchange.NOW.minus(Duration.ofDays(200)));
    refused(kms, "clock_before_issue_date", now.toString(), "set the clock");
    assertThat(server.asked).hasValue(asked);
  }

  @Test
  void tcbInfoAndQeIdentityBelowTheMeasuredMinimumAreRefused() throws KmsException {
    server.serve(ofSets(19, 19));

    refused(kms(Instant.EPOCH, new Minimums(20, 0)), "tcb_info_below_minimum", "PCS_URLS");
    refused(kms(Instant.EPOCH, new Minimums(0, 20)), "qe_identity_below_minimum", "PCS_URLS");
    released(kms(Instant.EPOCH, new Minimums(19, 19)));
  }

  @Test
  void setsOlderThanSeenAreRefusedUntilTheNewestIsServedAgain() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, Minimums.NONE);
    server.serve(ofSets(21, 21));
    released(kms);

    server.serve(ofSets(20, 21));
    refused(kms, "tcb_info_older_than_seen", "number 20", "21 was seen", "PCS_URLS");
    server.serve(ofSets(21, 20));
    refused(kms, "qe_identity_older_than_seen", "number 20", "21 was seen", "PCS_URLS");
    server.serve(ofSets(21, 21));
    released(kms);
  }

  @Test
  void crlsWithLowerNumbersThanSeenAreRefused() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, Minimums.NONE);
    server.serve(collateral(p -> p.rootCrl(c -> c.number(TEN)).pckCrl(c -> c.number(TEN))));
    released(kms);

    server.serve(collateral(p -> p.rootCrl(c -> c.number(ONE)).pckCrl(c -> c.number(TEN))));
    refused(kms, "crl_older_than_seen", "Root CA", "number 1", "10 was seen");
    server.serve(collateral(p -> p.rootCrl(c -> c.number(TEN)).pckCrl(c -> c.number(ONE))));
    refused(kms, "crl_older_than_seen", "Platform CA", "number 1", "10 was seen");
  }

  @Test
  void platformTypesForWhichThereIsNoRoomAreRefused() throws KmsException {
    SeenCollateral full = new SeenCollateral(0);

    refused(
        kms(new FreshnessGuard(Instant.EPOCH, Minimums.NONE, full)),
        "too_many_platform_types",
        "restart");
  }

  /** Else a set could be replayed to undo the very verdict for which it was replaced. */
  @Test
  void setThatSpeaksAgainstThePlatformIsSeenTooAndAnOlderOneDoesNotHelp() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, Minimums.NONE);
    server.serve(collateral(p -> p.evaluationDataNumber(21).platformStatus("Revoked")));
    assertThat(refusal(kms).details()).startsWith("tcb_revoked");

    server.serve(ofSets(20, 20));
    refused(kms, "tcb_info_older_than_seen", "number 20", "21 was seen");
  }

  @Test
  void crlThatRevokesThePlatformIsSeenTooAndAnOlderOneDoesNotHelp() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, Minimums.NONE);
    server.serve(collateral(p -> p.pckCrl(c -> c.number(TEN).revoke(Exchange.PLATFORM.pck()))));
    assertThat(refusal(kms).details()).startsWith("pck_revoked");

    server.serve(collateral(p -> p.pckCrl(c -> c.number(ONE))));
    refused(kms, "crl_older_than_seen", "number 1", "10 was seen");
  }

  @Test
  void whereTheCacheHoldsWhatIsTooOldTheNewestIsAskedForOnce() throws KmsException {
    GetKey kms = kms(Instant.EPOCH, new Minimums(21, 21));
    server.serve(ofSets(20, 20));
    server.newer.set(ofSets(21, 21));

    released(kms);
    assertThat(server.asked).hasValue(2);
  }
}
