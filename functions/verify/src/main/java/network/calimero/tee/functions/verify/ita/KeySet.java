package network.calimero.tee.functions.verify.ita;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keys that sign tokens: a JWK set (RFC 7517). What is no public RSA key of a fit size is left out,
 * and so is a key that is published with its private part.
 */
public final class KeySet {
  /** The most bytes of a set; real ones have 6 KiB for each key. */
  public static final int MAX_SIZE = 256 * 1024;

  private static final int MAX_KEYS = 64;
  private static final int MIN_BITS = 2_048;
  private static final int MAX_BITS = 8_192;
  private static final int MAX_EXPONENT_BITS = 32;
  private static final String SIGNING = "sig";

  private final List<Key> keys;

  private record Key(String id, Optional<Algorithm> algorithm, RSAPublicKey key) {}

  private KeySet(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a set.
   *
   * @throws MalformedException if it is none
   */
  public static KeySet parse(Bytes json) throws MalformedException {
    JsonFields document = JsonFields.parse(json, MAX_SIZE);
    if (!document.has("keys")) {
      throw new MalformedException("\"keys\" is missing");
    }
    List<Key> keys = new ArrayList<>();
    for (JsonFields entry : document.objects("keys", MAX_KEYS)) {
      key(entry.tree()).ifPresent(keys::add);
    }
    return new KeySet(keys);
  }

  private static Optional<Key> key(JsonNode entry) {
    boolean usable =
        text(entry, "kty").equals("RSA")
            && !entry.has("d")
            && (!entry.has("use") || text(entry, "use").equals(SIGNING));
    String id = text(entry, "kid");
    Optional<Algorithm> algorithm = Algorithm.of(text(entry, "alg"));
    if (!usable || id.isEmpty() || (entry.has("alg") && algorithm.isEmpty())) {
      return Optional.empty();
    }
    return rsa(number(entry, "n"), number(entry, "e")).map(key -> new Key(id, algorithm, key));
  }

  private static Optional<RSAPublicKey> rsa(@Nullable BigInteger n, @Nullable BigInteger e) {
    if (n == null
        || e == null
        || n.bitLength() < MIN_BITS
        || n.bitLength() > MAX_BITS
        || !n.testBit(0)
        || e.bitLength() < 2
        || e.bitLength() > MAX_EXPONENT_BITS
        || !e.testBit(0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e)));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static @Nullable BigInteger number(JsonNode entry, String name) {
    return Base64Url.decode(text(entry, name))
        .filter(bytes -> !bytes.isEmpty())
        .map(bytes -> new BigInteger(1, bytes.toArray()))
        .orElse(null);
  }

  private static String text(JsonNode entry, String name) {
    JsonNode value = entry.get(name);
    return value != null && value.isString() ? value.stringValue() : "";
  }

  /** Whether there is a key of that name. */
  boolean has(String id) {
    return keys.stream().anyMatch(key -> key.id().equals(id));
  }

  /** How many keys there are that can be used. */
  public int size() {
    return keys.size();
  }

  /** The key of that name, for that algorithm. */
  RSAPublicKey find(String id, Algorithm algorithm) throws TokenRefusedException {
    List<RSAPublicKey> fitting =
        keys.stream()
            .filter(key -> key.id().equals(id))
            .filter(key -> key.algorithm().isEmpty() || key.algorithm().get() == algorithm)
            .map(Key::key)
            .distinct()
            .toList();
    if (fitting.isEmpty()) {
      throw new TokenRefusedException(TokenFault.TOKEN_KEY_UNKNOWN, algorithm + " key " + id);
    }
    if (fitting.size() > 1) {
      throw new TokenRefusedException(TokenFault.TOKEN_KEY_AMBIGUOUS, id);
    }
    return fitting.getFirst();
  }
}
