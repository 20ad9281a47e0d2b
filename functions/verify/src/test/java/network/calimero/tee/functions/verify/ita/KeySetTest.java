package network.calimero.tee.functions.verify.ita;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.simulator.ita.TokenKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class KeySetTest {
  private static final TokenKey KEY = TokenKey.named("simulated-1");

  private static KeySet set(ObjectNode key) throws MalformedException {
    ObjectNode set = JsonMapper.shared().createObjectNode();
    set.putArray("keys").add(key);
    return KeySet.parse(Bytes.of(set.toString().getBytes(UTF_8)));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Bytes.of(bytes).slice(sign, bytes.length).toArray());
  }

  @Test
  void aKeyAsItIsPublishedCanBeUsed() throws MalformedException {
    assertThat(set(KEY.jwk()).has(KEY.id())).isTrue();
  }

  static Stream<Arguments> keysThatSignNothing() {
    BigInteger one = BigInteger.ONE;
    return Stream.of(
        key("of another kind", key -> key.put("kty", "EC")),
        key("for encryption", key -> key.put("use", "enc")),
        key("published with its private part", key -> key.put("d", "AQAB")),
        key("without a name", key -> key.remove("kid")),
        key("for a shared secret's algorithm", key -> key.put("alg", "HS256")),
        key("of 2,047 bits", key -> key.put("n", number(one.shiftLeft(2_046).add(one)))),
        key("of 8,193 bits", key -> key.put("n", number(one.shiftLeft(8_192).add(one)))),
        key("with an even modulus", key -> key.put("n", number(one.shiftLeft(2_047)))),
        key("with the exponent 1", key -> key.put("e", "AQ")),
        key("with an even exponent", key -> key.put("e", "Ag")),
        key("with an exponent of 33 bits", key -> key.put("e", "AQAAAAE")),
        key("with a modulus of another spelling", key -> key.put("n", "+/==")));
  }

  private static Arguments key(String name, Consumer<ObjectNode> change) {
    ObjectNode key = KEY.jwk().deepCopy();
    change.accept(key);
    return Arguments.of(name, key);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keysThatSignNothing")
  void isLeftOutIfItIs(String name, ObjectNode key) throws MalformedException {
    assertThat(set(key).size()).as(name).isZero();
  }
}
