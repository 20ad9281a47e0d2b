package network.calimero.tee.kms.server.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.attest.AttestAnswer;
import network.calimero.tee.kms.attest.AttestRequest;
import network.calimero.tee.kms.attest.Attestation;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.kms.release.GetKey;
import network.calimero.tee.kms.release.GetKeyRequest;
import network.calimero.tee.kms.release.KeyAnswer;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.secret.SecretBytes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol's paths, and the names of its fields (kms-protocol.md). The JSON mapper is not asked
 * for before a request needs it: loading it takes longer than starting to listen.
 */
public final class KmsRoutes {
  private final GetKey getKey;
  private final Attestation attestation;
  private final Supplier<ReadyReport> readiness;

  /** Serves these. */
  public KmsRoutes(GetKey getKey, Attestation attestation, Supplier<ReadyReport> readiness) {
    this.getKey = getKey;
    this.attestation = attestation;
    this.readiness = readiness;
  }

  /** All paths; those that need more than this process ask for it when they are called. */
  static Map<String, Route> byPath(Supplier<KmsRoutes> routes, Optional<ClusterRoutes> cluster) {
    Map<String, Route> all = new HashMap<>();
    all.put("/health", new Route.Get(Answer::alive));
    all.put("/ready", new Route.Get(() -> routes.get().ready()));
    all.put("/challenge", new Route.Post(body -> routes.get().challenge(body)));
    all.put("/get-key", new Route.Post(body -> routes.get().getKey(body)));
    all.put("/attest", new Route.Post(body -> routes.get().attest(body)));
    cluster.ifPresent(replica -> all.putAll(replica.byPath()));
    return Map.copyOf(all);
  }

  private Answer ready() {
    ReadyReport report = readiness.get();
    return Answer.of(report.ready() ? 200 : 503, report.json());
  }

  private Answer challenge(Fields body) throws KmsException {
    Challenge challenge = getKey.challenge(body.text("peerId"));
    return Answer.ok(
        JsonMapper.shared()
            .createObjectNode()
            .put("challengeId", challenge.id().text())
            .put("nonceB64", base64(challenge.nonce()))
            .put("expiresAt", challenge.expiresAt().getEpochSecond()));
  }

  private Answer getKey(Fields body) throws KmsException {
    GetKeyRequest request =
        new GetKeyRequest(
            body.text("challengeId"),
            body.text("quoteB64"),
            body.text("peerId"),
            body.text("peerPublicKeyB64"),
            body.text("signatureB64"),
            body.optionalText("sealToB64"));
    return switch (getKey.release(request)) {
      case KeyAnswer.Plain(SecretBytes key) -> {
        try (key) {
          yield Answer.key(key);
        }
      }
      case KeyAnswer.ForNode(Sealed sealed) ->
          Answer.sealedKey(
              JsonMapper.shared()
                  .createObjectNode()
                  .put("sealedKeyB64", base64(sealed.ciphertext()))
                  .put("sealNonceB64", base64(sealed.nonce())));
    };
  }

  private Answer attest(Fields body) throws KmsException {
    Fields fields = body.refusingWith(KmsError.INVALID_ATTESTATION_REQUEST);
    AttestAnswer answer =
        attestation.attest(
            new AttestRequest(
                fields.text("nonceB64"),
                fields.optionalText("bindingB64"),
                fields.flag("transportKey"),
                fields.flag("eventLog")));
    ObjectNode json =
        JsonMapper.shared()
            .createObjectNode()
            .put("quoteB64", base64(answer.platformQuote().quote()))
            .put("reportDataHex", answer.reportData().hex());
    json.set("eventLog", answer.platformQuote().eventLog());
    json.put("vmConfig", answer.platformQuote().vmConfig());
    answer.transportKey().ifPresent(key -> json.put("transportPublicKeyB64", base64(key.value())));
    answer.ccel().ifPresent(table -> json.put("eventLogB64", base64(table)));
    return Answer.ok(json);
  }

  private static String base64(Bytes bytes) {
    return StrictBase64.encode(bytes.toArray());
  }
}
