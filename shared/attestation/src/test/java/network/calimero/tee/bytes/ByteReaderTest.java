package network.calimero.tee.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {
  private final ByteReader reader = new ByteReader(Bytes.fromHex("01fe00ff80000090aabbcc"));

  @Test
  void numbersAreLittleEndianAndUnsigned() throws Exception {
    assertThat(reader.u8("a")).isEqualTo(1);
    assertThat(reader.u16("b")).isEqualTo(0x00fe);
    assertThat(reader.offset()).isEqualTo(3);
    assertThat(reader.u8("c")).isEqualTo(255);
    assertThat(reader.u32("d")).isEqualTo(0x90000080L);
    assertThat(reader.take(3, "e").hex()).isEqualTo("aabbcc");
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void aSubRangeEndsWhereItEndsAndCountsFromTheOutermostStart() throws Exception {
    reader.take(1, "skipped");
    ByteReader inner = reader.sub(4, "inner").sub(2, "innermost");
    assertThat(inner.offset()).isEqualTo(1);
    assertThat(inner.remaining()).isEqualTo(2);
    assertThatThrownBy(() -> inner.u32("number")).isInstanceOf(EndOfBytesException.class);
    assertThat(inner.u16("number")).isEqualTo(0x00fe);
    assertThat(reader.offset()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {12, Integer.MAX_VALUE, 0xffff_ffffL, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void noSizeGetsPastTheEnd(long size) throws Exception {
    reader.take(3, "first");
    var failure =
        catchThrowableOfType(EndOfBytesException.class, () -> reader.take(size, "the rest"));
    assertThat(failure.what()).isEqualTo("the rest");
    assertThat(failure.offset()).isEqualTo(3);
    assertThat(failure.wanted()).isEqualTo(size);
    assertThat(failure.available()).isEqualTo(8);
    assertThat(reader.offset()).as("a failed read moves nothing").isEqualTo(3);
  }
}
