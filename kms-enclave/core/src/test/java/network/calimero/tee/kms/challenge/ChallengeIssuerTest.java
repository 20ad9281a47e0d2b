package network.calimero.tee.kms.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.identity.InvalidPeerIdException;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeIssuerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.999Z");
  private static final PeerId PEER = peer("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");

  private final ChallengeIssuer issuer = issuer(ChallengeKeys.random(new SecureRandom()));

  private static ChallengeIssuer issuer(ChallengeKeys keys) {
    return new ChallengeIssuer(keys, new SecureRandom(), Duration.ofSeconds(60));
  }

  private static PeerId peer(String text) {
    try {
      return PeerId.parse(text);
    } catch (InvalidPeerIdException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void issuedChallengeIsOpenedWithTheSameNonce() throws Exception {
    Challenge issued = issuer.issue(PEER, NOW);
    ChallengeId id = ChallengeId.parse(issued.id().text()).orElseThrow();

    Challenge opened = issuer.open(id, PEER, NOW).orElseThrow();

    assertThat(opened.nonce()).isEqualTo(issued.nonce());
    assertThat(opened.nonce().length()).isEqualTo(32);
    assertThat(opened.expiresAt()).isEqualTo(Instant.parse("2026-11-21T12:01:00Z"));
  }

  @Test
  void challengesLastAtLeastASecond() throws Exception {
    ChallengeKeys keys = ChallengeKeys.random(new SecureRandom());
    ChallengeIssuer shortest = new ChallengeIssuer(keys, new SecureRandom(), Duration.ofSeconds(1));
    assertThat(shortest.issue(PEER, NOW).expiresAt())
        .isEqualTo(NOW.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChallengeIssuer(keys, new SecureRandom(), Duration.ofMillis(999)));
  }

  @Test
  void identifiersAreEqualIfTheirTextsAre() throws Exception {
    ChallengeId id = issuer.issue(PEER, NOW).id();
    ChallengeId other = issuer.issue(PEER, NOW).id();
    assertThat(id)
        .isEqualTo(ChallengeId.parse(id.text()).orElseThrow())
        .hasSameHashCodeAs(ChallengeId.parse(id.text()).orElseThrow())
        .isNotEqualTo(other)
        .isNotEqualTo(id.text());
  }

  @Test
  void challengeIsExpiredFromTheSecondOfItsExpiryOn() throws Exception {
    ChallengeId id = issuer.issue(PEER, NOW).id();

    assertThat(issuer.open(id, PEER, Instant.parse("2026-11-21T12:00:59.999Z"))).isPresent();
    assertThat(issuer.open(id, PEER, Instant.parse("2026-11-21T12:01:00Z"))).isEmpty();
  }

  @Test
  void challengeIsForOnePeerOnly() throws Exception {
    Challenge issued = issuer.issue(PEER, NOW);
    String prefix = PEER.text().substring(0, PEER.text().length() - 1);

    assertThat(issuer.open(issued.id(), peer("1"), NOW)).isEmpty();
    assertThat(issuer.open(issued.id(), peer(prefix), NOW)).isEmpty();
  }

  @Test
  void anotherProcessKnowsNothingOfIt() throws Exception {
    ChallengeIssuer other = issuer(ChallengeKeys.random(new SecureRandom()));

    assertThat(other.open(issuer.issue(PEER, NOW).id(), PEER, NOW)).isEmpty();
  }

  @Test
  void noByteOfAnIdentifierCanBeChanged() throws Exception {
    Bytes raw = Bytes.fromHex(issuer.issue(PEER, NOW).id().text());
    for (int i = 0; i < raw.length(); i++) {
      byte[] changed = raw.toArray();
      changed[i] ^= 1;
      String text = Bytes.of(changed).hex();
      Optional<ChallengeId> id = ChallengeId.parse(text);
      assertThat(id.isPresent() && issuer.open(id.get(), PEER, NOW).isPresent())
          .as("byte " + i)
          .isFalse();
    }
  }

  @Test
  void identifiersAndNoncesDoNotRepeatAndDoNotContainEachOther() throws Exception {
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
  void otherShapesAreNeverIssued(String text) throws Exception {
    assertThat(ChallengeId.parse(text)).isEmpty();
  }

  @Test
  void upperCaseSpacesAndOtherVersionsAreNeverIssued() throws Exception {
    String text = issuer.issue(PEER, NOW).id().text();

    assertThat(text).matches("02[0-9a-f]{128}");
    assertThat(ChallengeId.parse("AB" + text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse("01" + text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse(text + " ")).isEmpty();
    assertThat(ChallengeId.parse(" " + text.substring(1))).isEmpty();
    assertThat(ChallengeId.parse(text.substring(2))).isEmpty();
    assertThat(ChallengeId.parse("１" + text.substring(1))).isEmpty();
  }

  @Test
  void challengesThatAreBornExpiredCannotBeConfigured() throws Exception {
    SecureRandom random = new SecureRandom();
    assertThatThrownBy(
            () -> new ChallengeIssuer(ChallengeKeys.random(random), random, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ChallengeKeys shared(Instant notBefore) {
    ChallengeKey key = new ChallengeKey(SecretBytes.copyOf(new byte[32]), notBefore);
    return () -> key;
  }

  @Test
  void instancesThatShareTheKeyKnowEachOthersChallenges() throws Exception {
    Challenge issued = issuer(shared(Instant.MIN)).issue(PEER, NOW);

    assertThat(issuer(shared(Instant.MIN)).open(issued.id(), PEER, NOW).orElseThrow().nonce())
        .isEqualTo(issued.nonce());
  }

  @Test
  void challengesIssuedBeforeTheKeyCountsAreRefused() throws Exception {
    Challenge issued = issuer(shared(Instant.MIN)).issue(PEER, NOW);

    assertThat(issuer(shared(NOW)).open(issued.id(), PEER, NOW)).isPresent();
    assertThat(issuer(shared(NOW.plusMillis(1))).open(issued.id(), PEER, NOW)).isEmpty();
  }

  @Test
  void keysOfAnotherSizeAreRefusedAndNoneIsShown() {
    SecretBytes shorter = SecretBytes.copyOf(new byte[31]);
    assertThatThrownBy(() -> new ChallengeKey(shorter, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ChallengeKey(SecretBytes.copyOf(new byte[32]), NOW))
        .hasToString("[key of challenges]");
  }
}
