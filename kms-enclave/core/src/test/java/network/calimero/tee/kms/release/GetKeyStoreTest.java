package network.calimero.tee.kms.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeStoreException;
import network.calimero.tee.kms.challenge.ConsumedChallenges;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class GetKeyStoreTest {
  private final Exchange exchange = new Exchange();

  private static GetKey getKey(ConsumedChallenges consumed, KeyDeriver deriver) {
    return Exchange.getKey(
        new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest"),
        consumed,
        deriver);
  }

  private static SecretBytes key(int size) {
    return SecretBytes.moveFrom(new byte[size]);
  }

  private KmsException refusal(GetKey getKey) throws KmsException {
    GetKeyRequest request = exchange.request(getKey, "node");
    return catchThrowableOfType(KmsException.class, () -> getKey.release(request));
  }

  @Test
  void underAPolicyThatIsNotEnforcedThePathIsOfProfileDebug() throws KmsException {
    AtomicReference<String> path = new AtomicReference<>("");
    GetKey getKey =
        getKey(
            new InMemoryConsumedChallenges(1),
            asked -> {
              path.set(asked);
              return key(32);
            });

    assertThat(getKey.release(exchange.request(getKey, "node")))
        .isInstanceOf(KeyAnswer.Plain.class);
    assertThat(path.get()).isEqualTo("prefix/debug/" + exchange.peer());
  }

  @Test
  void keysThatNoNodeAcceptsAreNotReleased() throws KmsException {
    for (int size : new int[] {0, 31, 2_049}) {
      SecretBytes key = key(size);
      KmsException refused = refusal(getKey(new InMemoryConsumedChallenges(1), p -> key));
      assertThat(refused.error()).isEqualTo(KmsError.KEY_DERIVATION_FAILED);
      assertThatIllegalStateException().isThrownBy(() -> key.use(bytes -> bytes.length));
    }
  }

  @Test
  void keysOfTheSizesThatNodesAcceptAreReleased() throws KmsException {
    for (int size : new int[] {32, 2_048}) {
      GetKey getKey = getKey(new InMemoryConsumedChallenges(1), p -> key(size));
      assertThat(getKey.release(exchange.request(getKey, "node")))
          .isInstanceOf(KeyAnswer.Plain.class);
    }
  }

  @Test
  void storeThatCannotBeReachedIsSaidWhereUseIsLookedUpAndWhereItIsRecorded() throws KmsException {
    ConsumedChallenges gone =
        new ConsumedChallenges() {
          @Override
          public boolean isConsumed(Challenge challenge) throws ChallengeStoreException {
            throw new ChallengeStoreException("no route", new IOException());
          }

          @Override
          public Use consume(Challenge challenge, Instant now) {
            return new Use.First();
          }
        };
    ConsumedChallenges goneLater =
        new ConsumedChallenges() {
          @Override
          public boolean isConsumed(Challenge challenge) {
            return false;
          }

          @Override
          public Use consume(Challenge challenge, Instant now) throws ChallengeStoreException {
            throw new ChallengeStoreException("no route", new IOException());
          }
        };

    for (ConsumedChallenges store : new ConsumedChallenges[] {gone, goneLater}) {
      KmsException refused = refusal(getKey(store, p -> key(32)));
      assertThat(refused.error()).isEqualTo(KmsError.CHALLENGE_STORE_UNAVAILABLE);
      assertThat(refused.details()).doesNotContain("no route");
    }
  }
}
