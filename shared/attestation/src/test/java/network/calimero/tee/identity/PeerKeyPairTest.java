package network.calimero.tee.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerKeyPairTest {

  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032, section 7.1, test 2. */
  private static final String SEED =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  private static final String PUBLIC =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  private static final String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  @Test
  void signsAsItsStandardSays() throws Exception {
    try (PeerKeyPair pair = PeerKeyPair.decode(HEX.parseHex("08011240" + SEED + PUBLIC))) {
      assertThat(pair.publicKey().protobuf()).isEqualTo(HEX.parseHex("08011220" + PUBLIC));
      assertThat(pair.sign(new byte[] {0x72})).isEqualTo(HEX.parseHex(SIGNATURE));
    }
  }

  @Test
  void comesBackFromItsEncoding() throws Exception {
    byte[] message = "payload".getBytes(UTF_8);
    try (PeerKeyPair pair = PeerKeyPair.generate(new SecureRandom());
        SecretBytes encoded = pair.encode();
        PeerKeyPair again = encoded.use(PeerKeyPair::decode)) {
      assertThat(again.peerId()).isEqualTo(pair.peerId()).isEqualTo(pair.publicKey().peerId());
      assertThat(pair.publicKey().verify(message, again.sign(message))).isTrue();
      assertThat(pair.peerId().text()).startsWith("12D3KooW");
    }
  }

  @Test
  void isNewEveryTime() {
    SecureRandom random = new SecureRandom();
    try (PeerKeyPair one = PeerKeyPair.generate(random);
        PeerKeyPair other = PeerKeyPair.generate(random)) {
      assertThat(one.peerId()).isNotEqualTo(other.peerId());
    }
  }

  @Test
  void cannotSignOnceClosed() {
    PeerKeyPair pair = PeerKeyPair.generate(new SecureRandom());
    pair.close();
    assertThatThrownBy(() -> pair.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void showsItsPeerIdOnly() {
    try (PeerKeyPair pair = PeerKeyPair.generate(new SecureRandom())) {
      assertThat(pair).hasToString("key pair of " + pair.peerId());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', no bytes",
    "08011220" + SEED + ", the seed alone",
    "08011240" + SEED + ", too short",
    "08011260" + SEED + PUBLIC + PUBLIC + ", the public half twice",
    "08021240" + SEED + PUBLIC + ", another type",
    "08011240" + SEED + SEED + ", halves of two pairs",
    "08011240" + PUBLIC + SEED + ", halves swapped"
  })
  void refusesWhatIsNoKeyPair(String hex, String why) {
    byte[] encoded = HEX.parseHex(hex);
    byte[] before = Arrays.copyOf(encoded, encoded.length);
    assertThatThrownBy(() -> PeerKeyPair.decode(encoded))
        .as(why)
        .isInstanceOf(InvalidIdentityException.class)
        .hasMessageNotContaining(SEED.substring(0, 8));
    assertThat(encoded).isEqualTo(before);
  }
}
