package network.calimero.tee.kms.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeIssuerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.999Z");
  private static final PeerId PEER = peer("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");

  private final ChallengeIssuer issuer =
      new ChallengeIssuer(new SecureRandom(), Duration.ofSeconds(60));

  private static PeerId peer(String text) {
    try {
      return PeerId.parse(text);
    } catch (InvalidPeerIdException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void issuedChallengeIsOpenedWithTheSameNonce() {
    Challenge issued = issuer.issue(PEER, NOW);
    ChallengeId id = ChallengeId.parse(issued.id().text()).orElseThrow();

    Challenge opened = issuer.open(id, PEER, NOW).orElseThrow();

    assertThat(opened.nonce()).isEqualTo(issued.nonce());
    assertThat(opened.nonce().length()).isEqualTo(32);
    assertThat(opened.expiresAt()).isEqualTo(Instant.parse("2026-11-21T12:01:00Z"));
  }

  @Test
  void challengeIsExpiredFromTheSecondOfItsExpiryOn() {
    ChallengeId id = issuer.issue(PEER, NOW).id();

    assertThat(issuer.open(id, PEER, Instant.parse("2026-11-21T12:00:59.999Z"))).isPresent();
    assertThat(issuer.open(id, PEER, Instant.parse("2026-11-21T12:01:00Z"))).isEmpty();
  }

  @Test
  void challengeIsForOnePeerOnly() {
    Challenge issued = issuer.issue(PEER, NOW);
    String prefix = PEER.text().substring(0, PEER.text().length() - 1);

    assertThat(issuer.open(issued.id(), peer("1"), NOW)).isEmpty();
    assertThat(issuer.open(issued.id(), peer(prefix), NOW)).isEmpty();
  }

  @Test
  void anotherProcessKnowsNothingOfIt() {
    ChallengeIssuer other = new ChallengeIssuer(new SecureRandom(), Duration.ofSeconds(60));

    assertThat(other.open(issuer.issue(PEER, NOW).id(), PEER, NOW)).isEmpty();
  }

  @Test
  void noByteOfAnIdentifierCanBeChanged() {
    Bytes raw = Bytes.fromHex(issuer.issue(PEER, NOW).id().text());
    for (int i = 0; i < raw.length(); i++) {
      byte[] changed = raw.toArray();
      changed[i] ^= 1;
      String text = Bytes.of(changed).hex();
      assertThat(ChallengeId.parse(text).flatMap(id -> issuer.open(id, PEER, NOW)))
          .as("byte " + i)
          .isEmpty();
    }
  }

  @Test
  void identifiersAndNoncesDoNotRepeatAndDoNotContainEachOther() {
    Set<String> ids = new HashSet<>();
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      Challenge issued = issuer.issue(PEER, NOW);
      ids.add(issued.id().text());
      nonces.add(issued.nonce().hex());
      assertThat(issued.id().text()).doesNotContain(issued.nonce().hex());
    }
    assertThat(ids).hasSize(1000);
    assertThat(nonces).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "00112233445566778899aabbccddeeff"})
  void otherShapesAreNeverIssued(String text) {
    assertThat(ChallengeId.parse(text)).isEmpty();
  }

  @Test
  void upperCaseSpacesAndOtherVersionsAreNeverIssued() {
    String text = issuer.issue(PEER, NOW).id().text();

    assertThat(text).matches("01[0-9a-f]{112}");
    assertThat(ChallengeId.parse("AB" + text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse("02" + text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse(text + " ")).isEmpty();
    assertThat(ChallengeId.parse(" " + text.substring(1))).isEmpty();
    assertThat(ChallengeId.parse(text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse("１" + text.substring(1))).isEmpty();
  }

  @Test
  void challengesThatAreBornExpiredCannotBeConfigured() {
    SecureRandom random = new SecureRandom();
    assertThatThrownBy(() -> new ChallengeIssuer(random, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
