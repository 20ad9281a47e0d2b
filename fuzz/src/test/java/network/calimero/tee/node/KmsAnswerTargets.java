package network.calimero.tee.node;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;

/** What is answered to a node, by whoever is at a KMS's address. */
public final class KmsAnswerTargets {
  private static final String HALF = StrictBase64.encode(new byte[32]);
  private static final String NONCE = StrictBase64.encode(new byte[12]);

  /** Each reads every input. */
  private static final int READERS = 6;

  private KmsAnswerTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "kms_answer",
            READERS * Target.PARSING,
            KmsAnswerTargets::seeds,
            KmsAnswerTargets::read,
            Set.of(NodeException.class)));
  }

  private static List<Bytes> seeds() {
    return List.of(
        Genuine.utf8(
            "{\"quoteB64\":\"AAAA\",\"reportDataHex\":\"00\",\"transportPublicKeyB64\":\"%s\",\"eventLog\":[{\"imr\":3,\"event\":\"app-id\"}]}"
                .formatted(StrictBase64.encode(basePoint()))),
        Genuine.utf8(
            "{\"challengeId\":\"c-1\",\"nonceB64\":\"%s\",\"expiresAt\":1790000000}"
                .formatted(HALF)),
        Genuine.utf8("{\"key\":\"%s\"}".formatted("5a".repeat(32))),
        Genuine.utf8("{\"sealedKeyB64\":\"%s\",\"sealNonceB64\":\"%s\"}".formatted(HALF, NONCE)),
        Genuine.utf8("{\"error\":\"policy_not_ready\",\"details\":\"no\\npolicy\"}"));
  }

  /** The point of X25519 that everybody knows (RFC 7748, section 4.1). */
  private static byte[] basePoint() {
    byte[] point = new byte[32];
    point[0] = 9;
    return point;
  }

  /** Any of them in the place of any other; refused if it is none at all. */
  private static void read(Bytes bytes) throws NodeException {
    KmsAnswers.error(503, "30", bytes);
    List<Reader> readers =
        List.of(
            body -> KmsAnswers.evidence(body, true),
            body -> KmsAnswers.evidence(body, false),
            KmsAnswers::challenge,
            KmsAnswers::sealedKey,
            body -> KmsAnswers.key(body).close());
    NodeException refusal = null;
    int refused = 0;
    for (Reader reader : readers) {
      try {
        reader.read(bytes);
      } catch (NodeException e) {
        Target.requirePlain(String.valueOf(e.getMessage()));
        refusal = e;
        refused++;
      }
    }
    if (refusal != null && refused == readers.size()) {
      throw refusal;
    }
  }

  private interface Reader {
    void read(Bytes body) throws NodeException;
  }
}
