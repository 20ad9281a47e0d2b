package network.calimero.tee.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final Bytes ABC = Bytes.fromHex("0a0bFF");

  @Test
  void arraysAreCopiedInAndOut() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    Bytes part = Bytes.copyOf(source, 1, 3);
    source[1] = 9;
    bytes.toArray()[0] = 9;
    assertThat(bytes.hex()).isEqualTo("010203");
    assertThat(part.hex()).isEqualTo("0203");
  }

  @Test
  void bytesAreUnsignedAndBounded() {
    assertThat(ABC.byteAt(2)).isEqualTo(255);
    assertThatThrownBy(() -> ABC.byteAt(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ABC.slice(1, 3).byteAt(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ABC.slice(1, 3).slice(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ABC.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[2], 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void equalityIsByContentWhereverTheBytesLie() {
    Bytes slice = Bytes.fromHex("000a0bff00").slice(1, 4);
    assertThat(slice).isEqualTo(ABC).hasSameHashCodeAs(ABC);
    assertThat(slice).isNotEqualTo(Bytes.fromHex("0a0bfe")).isNotEqualTo(ABC.slice(0, 2));
    assertThat(slice.toArray()).containsExactly(0x0a, 0x0b, 0xff);
  }

  @Test
  void aPrefixMustFitAndMatch() {
    assertThat(ABC.startsWith(Bytes.EMPTY)).isTrue();
    assertThat(ABC.startsWith(Bytes.fromHex("0a0b"))).isTrue();
    assertThat(ABC.startsWith(Bytes.fromHex("0b"))).isFalse();
    assertThat(ABC.startsWith(Bytes.fromHex("0a0bff00"))).isFalse();
  }

  @Test
  void zeroMeansEveryByteOfTheSlice() {
    Bytes bytes = Bytes.fromHex("01000080");
    assertThat(bytes.isZero()).isFalse();
    assertThat(bytes.slice(1, 3).isZero()).isTrue();
    assertThat(bytes.slice(3, 4).isZero()).isFalse();
  }

  @Test
  void theBufferShowsTheSliceAndCannotBeWritten() {
    var buffer = ABC.slice(1, 3).asReadOnly();
    assertThat(buffer.remaining()).isEqualTo(2);
    assertThat(buffer.get(0)).isEqualTo((byte) 0x0b);
    assertThatThrownBy(() -> buffer.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void aDigestIsFedTheSliceOnly() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Bytes.fromHex("ff61626300").slice(1, 4).updateInto(digest);
    assertThat(Hex.encode(digest.digest()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void longBytesAreAbbreviatedInFailuresAndLogs() {
    assertThat(ABC).hasToString("0a0bff");
    assertThat(Bytes.of(new byte[17])).hasToString("0".repeat(32) + "… (17 bytes)");
  }
}
