package network.calimero.tee.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import network.calimero.tee.identity.InvalidPeerIdException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e,"
        + " 12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq",
    "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99,"
        + " 16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY"
  })
  void isDerivedFromTheKey(String protobuf, String text) throws Exception {
    PeerPublicKey key = PeerPublicKey.decode(HexFormat.of().parseHex(protobuf));
    assertThat(key.peerId()).hasToString(text).isEqualTo(PeerId.parse(text));
  }

  @Test
  void needsOnlyTheShapeOfOne() throws Exception {
    assertThat(PeerId.parse("12D3KooWPeer").text()).isEqualTo("12D3KooWPeer");
    assertThat(PeerId.parse("1")).isNotEqualTo(PeerId.parse("11")).hasToString("1");
  }

  @Test
  void mayHaveUpTo128Characters() throws Exception {
    String longest = "z".repeat(128);
    assertThat(PeerId.parse(longest).text()).isEqualTo(longest);
    assertThat(refusal(longest + "z")).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void isRefusedWhenEmpty() {
    assertThat(refusal("")).isEqualTo(Reason.EMPTY);
  }

  @Test
  void isMeasuredBeforeItIsRead() {
    assertThat(refusal("0".repeat(1_000_000))).isEqualTo(Reason.TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        " 12D3KooWPeer",
        "12D3KooWPeer ",
        "12D3KooWPeer\n",
        "12D3 KooWPeer",
        "12D3KooWPeer\u0000",
        "12D3KooWPeer\u00a0",
        "12D3KooW0Peer",
        "12D3KooWOPeer",
        "12D3KooWIPeer",
        "12D3KooWlPeer",
        "12D3KooW/../Peer",
        "12D3KooW\u0301Peer",
        "\uff11\uff12D3KooWPeer",
        "\ud83d\ude00"
      })
  void isRefusedWithAnyForeignCharacter(String text) {
    assertThat(refusal(text)).isEqualTo(Reason.NOT_BASE58);
  }

  private static Reason refusal(String text) {
    InvalidPeerIdException failure =
        catchThrowableOfType(InvalidPeerIdException.class, () -> PeerId.parse(text));
    assertThat(failure).isNotNull();
    if (!text.isBlank()) {
      assertThat(failure.getMessage()).doesNotContain(text);
    }
    return failure.reason();
  }
}
