package network.calimero.tee.simulator.ita;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An RSA key that signs tokens, with the name that tokens call it by. Immutable. */
public final class TokenKey {
  private static final int BITS = 2_048;
  private static final int RADIX = 36;

  /** The primes of a key that is no secret: to find new ones takes longer than most tests. */
  private static final BigInteger P =
      new BigInteger(
          "13r99cizmmlvapw7ye6p9uehe47vyxkb3pfa6v80yt2af61x9euwbi9mlsccwh4b0xfbdt"
              + "akifwdnrevtitdxtxgqmotsarv44wb41v6o4044oy65o3m5h2g7bxm4j4cqry17ql7y209"
              + "vet9pyk46svtqumdic7xlas69t68zno0gixzketw2jzwwaz1e6f3mwp84dn",
          RADIX);

  private static final BigInteger Q =
      new BigInteger(
          "10icmddi52cc08hwzlzjz2qu6gctf0qzl33qvdbhi1r00gec28o7261b0yiad4ds7bwqty"
              + "7cafms5ydwiu345kax1n4yzm2bdkthbr307r01qdmna1s2cqfdqsjjj0f2uerlxb0l3ge9"
              + "sln22816b6lxe7sy9t8axi81ftryd9c4bqxo66q7c03jcdl677bglqvbr57",
          RADIX);

  private final String id;
  private final String algorithm;
  private final KeyPair pair;

  private TokenKey(String id, String algorithm, KeyPair pair) {
    this.id = id;
    this.algorithm = algorithm;
    this.pair = pair;
  }

  /** A new one of that name. */
  public static TokenKey named(String id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return new TokenKey(id, "PS384", generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** Always the same one, by that name: everybody knows its private half. */
  public static TokenKey known(String id) {
    BigInteger e = RSAKeyGenParameterSpec.F4;
    BigInteger modulus = P.multiply(Q);
    BigInteger one = BigInteger.ONE;
    BigInteger d = e.modInverse(P.subtract(one).multiply(Q.subtract(one)));
    RSAPrivateKeySpec secret =
        new RSAPrivateCrtKeySpec(
            modulus, e, d, P, Q, d.mod(P.subtract(one)), d.mod(Q.subtract(one)), Q.modInverse(P));
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      return new TokenKey(
          id,
          "PS384",
          new KeyPair(
              factory.generatePublic(new RSAPublicKeySpec(modulus, e)),
              factory.generatePrivate(secret)));
    } catch (GeneralSecurityException x) {
      throw new IllegalStateException("every Java platform has RSA", x);
    }
  }

  /** Its name. */
  public String id() {
    return id;
  }

  /** The same key by another name. */
  public TokenKey renamed(String other) {
    return new TokenKey(other, algorithm, pair);
  }

  /** The same key, published for another algorithm than PS384. */
  public TokenKey publishedFor(String other) {
    return new TokenKey(id, other, pair);
  }

  /** Its public half as key sets have it (RFC 7517). */
  public ObjectNode jwk() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return JsonMapper.shared()
        .createObjectNode()
        .put("alg", algorithm)
        .put("e", base64(key.getPublicExponent()))
        .put("kid", id)
        .put("kty", "RSA")
        .put("n", base64(key.getModulus()));
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /**
   * Signs.
   *
   * @param with {@code PS…} or {@code RS…} with 256, 384 or 512
   */
  byte[] sign(String with, byte[] message) {
    String bits = with.substring(2);
    try {
      Signature signature;
      if (with.startsWith("PS")) {
        String hash = "SHA-" + bits;
        signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
            new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
      } else {
        signature = Signature.getInstance("SHA" + bits + "withRSA");
      }
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
