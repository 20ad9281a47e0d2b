package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256Test {
  private static final SimulatedKey SIGNER = SimulatedKey.ofScalar(BigInteger.valueOf(4711));
  private static final byte[] TEXT = "signed".getBytes(StandardCharsets.UTF_8);
  private static final Bytes MESSAGE = Bytes.of(TEXT);
  private static final Bytes SIGNATURE = Bytes.of(SIGNER.sign(TEXT));
  private static final String ORDER =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  private static final String PRIME =
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

  @Test
  void aSignatureOfTheMessageByTheKeyAndNoOther() {
    P256.PublicKey key = P256.key(Bytes.of(SIGNER.publicKey()));
    assertThat(key.point().toArray()).isEqualTo(SIGNER.publicKey());
    assertThat(key.verifies(MESSAGE, SIGNATURE)).isTrue();
    assertThat(key.verifies(MESSAGE, Bytes.of(SimulatedKey.mirrored(SIGNATURE.toArray()))))
        .isTrue();
    assertThat(key.verifies(MESSAGE.slice(1, MESSAGE.length()), SIGNATURE)).isFalse();
    SimulatedKey other = SimulatedKey.ofScalar(BigInteger.valueOf(4712));
    assertThat(P256.key(Bytes.of(other.publicKey())).verifies(MESSAGE, SIGNATURE)).isFalse();
  }

  @Test
  void signaturesAreOfExactly64Bytes() {
    P256.PublicKey key = P256.key(Bytes.of(SIGNER.publicKey()));
    assertThat(key.verifies(MESSAGE, Bytes.EMPTY)).isFalse();
    assertThat(key.verifies(MESSAGE, SIGNATURE.slice(0, 63))).isFalse();
    assertThat(key.verifies(MESSAGE, Bytes.fromHex(SIGNATURE.hex() + "00"))).isFalse();
  }

  @Test
  void numbersOutsideOfTheGroupSignNothing() {
    P256.PublicKey key = P256.key(Bytes.of(SIGNER.publicKey()));
    String zero = "00".repeat(32);
    String r = SIGNATURE.slice(0, 32).hex();
    String s = SIGNATURE.slice(32, 64).hex();
    for (String rs :
        new String[] {zero + s, r + zero, zero + zero, ORDER + s, r + ORDER, "ff".repeat(64)}) {
      assertThat(key.verifies(MESSAGE, Bytes.fromHex(rs))).isFalse();
    }
    BigInteger order = new BigInteger(ORDER, 16);
    BigInteger r1 = new BigInteger(r, 16);
    BigInteger s1 = new BigInteger(s, 16);
    assertThat(key.verifies(MESSAGE, r1, s1)).isTrue();
    assertThat(key.verifies(MESSAGE, r1.add(order), s1)).isFalse();
    assertThat(key.verifies(MESSAGE, r1, s1.add(order))).isFalse();
    assertThat(key.verifies(MESSAGE, r1.negate(), s1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 33, 63, 65})
  void keysAreOfExactly64Bytes(int size) {
    assertThatIllegalArgumentException().isThrownBy(() -> P256.key(Bytes.of(new byte[size])));
  }

  @Test
  void keysArePointsOfTheCurve() {
    byte[] off = SIGNER.publicKey();
    off[63] ^= 1;
    assertThatIllegalArgumentException().isThrownBy(() -> P256.key(Bytes.of(off)));
    assertThatIllegalArgumentException().isThrownBy(() -> P256.key(Bytes.of(new byte[64])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> P256.key(Bytes.fromHex(PRIME + "00".repeat(32))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> P256.key(Bytes.fromHex("00".repeat(32) + PRIME)));
  }
}
