package network.calimero.tee.kms.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.ConsumedChallenges.Use;
import org.junit.jupiter.api.Test;

class InMemoryConsumedChallengesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final ChallengeIssuer issuer =
      new ChallengeIssuer(
          ChallengeKeys.random(new SecureRandom()), new SecureRandom(), Duration.ofSeconds(60));

  private Challenge challenge(Instant issued) {
    try {
      return issuer.issue(PeerId.parse("1"), issued);
    } catch (InvalidPeerIdException | KmsException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void firstUseIsRecordedAndTheSecondIsNotTheFirst() {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(10);
    Challenge challenge = challenge(NOW);

    assertThat(isConsumed(memory, challenge)).isFalse();
    assertThat(consume(memory, challenge, NOW)).isEqualTo(new Use.First());
    assertThat(isConsumed(memory, challenge)).isTrue();
    assertThat(consume(memory, challenge, NOW)).isEqualTo(new Use.Again());
  }

  @Test
  void fullMemorySaysWhenThereIsRoomAndRecordsNothing() {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(2);
    consume(memory, challenge(NOW.plusSeconds(5)), NOW);
    consume(memory, challenge(NOW), NOW);
    Challenge third = challenge(NOW);

    assertThat(consume(memory, third, NOW)).isEqualTo(new Use.Full(NOW.plusSeconds(60)));
    assertThat(isConsumed(memory, third)).isFalse();
    assertThat(consume(memory, challenge(NOW.plusSeconds(9)), NOW.plusSeconds(60)))
        .isEqualTo(new Use.First());
  }

  @Test
  void usedChallengeOfAFullMemoryIsStillUsed() {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(1);
    Challenge challenge = challenge(NOW);
    consume(memory, challenge, NOW);

    assertThat(consume(memory, challenge, NOW)).isEqualTo(new Use.Again());
  }

  @Test
  void requestThatWasInTimeBeforeTheEntryWasForgottenDoesNotUseItAgain() {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(10);
    Challenge used = challenge(NOW);
    consume(memory, used, NOW);
    consume(memory, challenge(NOW.plusSeconds(70)), NOW.plusSeconds(70));

    assertThat(isConsumed(memory, used)).isTrue();
    assertThat(consume(memory, used, NOW)).isEqualTo(new Use.Again());
  }

  @Test
  void clockThatIsSetBackDoesNotBringAnyBack() {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(10);
    Challenge used = challenge(NOW);
    consume(memory, used, NOW);
    consume(memory, challenge(NOW.plusSeconds(120)), NOW.plusSeconds(120));

    assertThat(consume(memory, used, NOW.minusSeconds(30))).isEqualTo(new Use.Again());
  }

  @Test
  void ofManyAtOnceOneIsTheFirst() throws Exception {
    ConsumedChallenges memory = new InMemoryConsumedChallenges(10);
    Challenge challenge = challenge(NOW);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Use>> uses;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      uses =
          IntStream.range(0, 1000)
              .mapToObj(i ->
                  threads.submit(() -> {
                    start.await();
                    return memory.consume(challenge, NOW);
                  }))
              .toList();
      start.countDown();
    }
    int first = 0;
    for (Future<Use> use : uses) {
      first += use.get() instanceof Use.First ? 1 : 0;
    }
    assertThat(first).isEqualTo(1);
  }

  private static boolean isConsumed(ConsumedChallenges memory, Challenge challenge) {
    try {
      return memory.isConsumed(challenge);
    } catch (ChallengeStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Use consume(ConsumedChallenges memory, Challenge challenge, Instant now) {
    try {
      return memory.consume(challenge, now);
    } catch (ChallengeStoreException e) {
      throw new IllegalStateException(e);
    }
  }
}
