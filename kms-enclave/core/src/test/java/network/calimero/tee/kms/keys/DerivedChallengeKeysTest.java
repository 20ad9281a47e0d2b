package network.calimero.tee.kms.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.challenge.ChallengeIssuer;
import network.calimero.tee.kms.challenge.ChallengeKeys;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class DerivedChallengeKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final List<String> paths = new ArrayList<>();

  private KeyDeriver platform(byte[] key) {
    return path -> {
      paths.add(path);
      return SecretBytes.moveFrom(key.clone());
    };
  }

  private static byte[] key(int size, int last) {
    byte[] key = new byte[size];
    Arrays.fill(key, (byte) 7);
    key[size - 1] = (byte) last;
    return key;
  }

  private static ChallengeIssuer issuer(KeyDeriver platform) {
    ChallengeKeys keys = new DerivedChallengeKeys(new ServiceKeys(platform));
    return new ChallengeIssuer(keys, new SecureRandom(), Duration.ofSeconds(60));
  }

  @Test
  void instancesOfOneAppKnowEachOthersChallengesAndOthersDoNot() throws Exception {
    PeerId peer = PeerId.parse("1");
    Challenge challenge = issuer(platform(key(32, 7))).issue(peer, NOW);

    assertThat(issuer(platform(key(32, 7))).open(challenge.id(), peer, NOW))
        .hasValueSatisfying(open -> assertThat(open.nonce()).isEqualTo(challenge.nonce()));
    assertThat(issuer(platform(key(33, 8))).open(challenge.id(), peer, NOW))
        .as("the first 32 bytes count")
        .isPresent();
    assertThat(issuer(platform(key(32, 8))).open(challenge.id(), peer, NOW)).isEmpty();
  }

  @Test
  void keyIsDerivedOnceAtItsPath() throws Exception {
    ChallengeIssuer issuer = issuer(platform(key(32, 7)));
    issuer.issue(PeerId.parse("1"), NOW);
    issuer.issue(PeerId.parse("1"), NOW);

    assertThat(paths).containsExactly("mero-kms/challenge-mac/v1");
  }

  @Test
  void keyThatIsTooShortIsNone() {
    ChallengeIssuer issuer = issuer(platform(key(31, 7)));

    KmsException refused =
        catchThrowableOfType(KmsException.class, () -> issuer.issue(PeerId.parse("1"), NOW));
    assertThat(refused.error()).isEqualTo(KmsError.KEY_DERIVATION_FAILED);
  }
}
