package network.calimero.tee.kms.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.kms.attest.Attestation;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.release.EvidenceCheck;
import network.calimero.tee.kms.release.GetKey;
import network.calimero.tee.kms.release.KeyRelease;
import network.calimero.tee.kms.server.http.HttpFront;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.server.http.KmsRoutes;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.kms.server.policy.SignedReleases;

/**
 * A key server of production's parts whose policy and whose store of used challenges can be
 * switched to what goes wrong with them. Serves twice: with plain answers, and without.
 */
final class SwitchedKms implements AutoCloseable {

  /** What comes of recording a use. */
  enum Recording {
    AS_EVER,
    UNREACHABLE,
    USED_MEANWHILE,
    FULL
  }

  private final ConsumedChallenges memory = new InMemoryConsumedChallenges(10_000);
  private final PolicyFeed feed;
  private final HttpFront plainFront;
  private final HttpFront sealingFront;
  final KmsHttp plain;
  final KmsHttp sealing;

  private volatile boolean policyReady = true;
  private volatile boolean lookUp = true;
  private volatile Recording recording = Recording.AS_EVER;

  SwitchedKms(Site site) throws IOException {
    feed = SignedReleases.feed(site.config(), site.log);
    plainFront = front(site, false);
    sealingFront = front(site, true);
    plain = new KmsHttp(site.kms.address().resolve("http://127.0.0.1:" + plainFront.port()));
    sealing = new KmsHttp(site.kms.address().resolve("http://127.0.0.1:" + sealingFront.port()));
  }

  /** Until it is closed, something goes wrong. */
  interface Switched extends AutoCloseable {
    @Override
    void close();
  }

  Switched to(boolean policyIsReady, boolean storeIsLookedUp, Recording recordingComesTo) {
    policyReady = policyIsReady;
    lookUp = storeIsLookedUp;
    recording = recordingComesTo;
    return () -> {
      policyReady = true;
      lookUp = true;
      recording = Recording.AS_EVER;
    };
  }

  private HttpFront front(Site site, boolean sealingRequired) throws IOException {
    KmsPorts ports = site.ports();
    KmsConfig config = site.config();
    ServiceKeys serviceKeys = new ServiceKeys(ports.keys());
    CurrentPolicy policy =
        () ->
            policyReady
                ? feed.policy().current()
                : new PolicyState.NotReady("the release is not loaded yet");
    GetKey getKey =
        new GetKey(
            ports.clock(),
            policy,
            new ChallengeIssuer(ports.challengeKeys(), ports.random(), config.challengeTtl()),
            new Store(),
            new EvidenceCheck(ports.verifier(), ports.collateral(), ports.freshness()),
            new KeyRelease(ports.keys(), serviceKeys, config.keyPrefixes(), ports.random()),
            sealingRequired);
    Attestation attestation =
        new Attestation(ports.quotes(), serviceKeys, new WorkGate(1, Duration.ofSeconds(5)), true);
    KmsRoutes routes = new KmsRoutes(getKey, attestation, new Readiness(config, policy, ports));
    return HttpFront.start(
        config.listenAddress(),
        HttpLimits.DEFAULT,
        List.of(),
        () -> routes,
        Optional.empty(),
        site.log,
        new byte[4],
        System::nanoTime);
  }

  private final class Store implements ConsumedChallenges {
    @Override
    public boolean isConsumed(Challenge challenge) throws ChallengeStoreException {
      if (!lookUp) {
        throw unreachable();
      }
      return memory.isConsumed(challenge);
    }

    @Override
    public Use consume(Challenge challenge, Instant now) throws ChallengeStoreException {
      return switch (recording) {
        case AS_EVER -> memory.consume(challenge, now);
        case UNREACHABLE -> throw unreachable();
        case USED_MEANWHILE -> new Use.Again();
        case FULL -> new Use.Full(now.plusSeconds(7));
      };
    }

    private static ChallengeStoreException unreachable() {
      return new ChallengeStoreException("no route to the store", new IOException());
    }
  }

  @Override
  public void close() {
    plain.close();
    sealing.close();
    plainFront.close();
    sealingFront.close();
    feed.close();
  }
}
