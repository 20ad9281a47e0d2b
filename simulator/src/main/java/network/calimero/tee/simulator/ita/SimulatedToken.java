package network.calimero.tee.simulator.ita;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A token before it is signed (RFC 7515), every part open to change. Immutable. */
public final class SimulatedToken {
  private final ObjectNode header;
  private final ObjectNode claims;
  private final TokenKey key;
  private final UnaryOperator<String> spoil;

  private SimulatedToken(
      ObjectNode header, ObjectNode claims, TokenKey key, UnaryOperator<String> spoil) {
    this.header = header;
    this.claims = claims;
    this.key = key;
    this.spoil = spoil;
  }

  /** One with those claims, to be signed by that key with PS384. */
  public static SimulatedToken of(ObjectNode claims, TokenKey key) {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    header.put("alg", "PS384").put("kid", key.id()).put("typ", "JWT");
    return new SimulatedToken(header, claims.deepCopy(), key, UnaryOperator.identity());
  }

  /** The same with other claims. */
  public SimulatedToken claims(Consumer<ObjectNode> change) {
    ObjectNode changed = claims.deepCopy();
    change.accept(changed);
    return new SimulatedToken(header, changed, key, spoil);
  }

  /** The same with another header; {@code alg} says how it is signed. */
  public SimulatedToken header(Consumer<ObjectNode> change) {
    ObjectNode changed = header.deepCopy();
    change.accept(changed);
    return new SimulatedToken(changed, claims, key, spoil);
  }

  /** The same signed by another key; the header does not change. */
  public SimulatedToken signedBy(TokenKey other) {
    return new SimulatedToken(header, claims, other, spoil);
  }

  /** The same with its text changed after it was signed. */
  public SimulatedToken spoiled(UnaryOperator<String> how) {
    return new SimulatedToken(header, claims, key, how);
  }

  /**
   * Signed as the header says: not at all for {@code none}, with PS384 for what is no algorithm of
   * RSA.
   */
  public String text() {
    return spoil.apply(signed());
  }

  private String signed() {
    String signed = part(header) + "." + part(claims);
    String algorithm = header.path("alg").asString("none");
    if (algorithm.equals("none")) {
      return signed + ".";
    }
    byte[] message = signed.getBytes(UTF_8);
    boolean rsa = algorithm.startsWith("PS") || algorithm.startsWith("RS");
    byte[] signature =
        algorithm.startsWith("HS")
            ? hmac(algorithm, message)
            : key.sign(rsa ? algorithm : "PS384", message);
    return signed + "." + base64(signature);
  }

  /** By the public key as a secret, which a verifier may mistake it for. */
  private byte[] hmac(String algorithm, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA" + algorithm.substring(2));
      mac.init(new SecretKeySpec(key.jwk().toString().getBytes(UTF_8), mac.getAlgorithm()));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(ObjectNode json) {
    return base64(JsonMapper.shared().writeValueAsBytes(json));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
