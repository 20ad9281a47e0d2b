package network.calimero.tee.kms.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Kms;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.Challenge;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519KeyPair;

/** What anybody may post to a key server, one target for each path. */
public final class RequestTargets {
  private RequestTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        target("get_key", "/get-key", RequestTargets::getKeys),
        target("attest", "/attest", RequestTargets::attests),
        target("join", "/cluster/join", RequestTargets::joins));
  }

  private static Target target(String name, String path, Supplier<List<Bytes>> seeds) {
    return new Target(
        name, Target.VERIFYING, seeds, bytes -> post(path, bytes), Set.of(KmsException.class));
  }

  /** A replica lets a nonce be used once, so each request has a replica of its own. */
  private static void post(String path, Bytes body) throws KmsException {
    Optional<ClusterRoutes> cluster =
        path.equals("/cluster/join")
            ? Optional.of(new ClusterRoutes(Kms.member()))
            : Optional.empty();
    Map<String, Route> routes = KmsRoutes.byPath(() -> Server.ROUTES, cluster);
    Fields fields = Fields.parse(body.toArray());
    if (routes.get(path) instanceof Route.Post route) {
      Answer answer = route.handling().answer(fields);
      if (answer.status() != 200 || answer.body().length == 0) {
        throw new AssertionError("an answer that is none: " + answer.status());
      }
    }
  }

  private static final class Server {
    static final KmsRoutes ROUTES =
        new KmsRoutes(
            Kms.getKey(),
            Kms.attestation(),
            () -> {
              throw new IllegalStateException("nobody asks");
            });
  }

  private static List<Bytes> getKeys() {
    X25519KeyPair oneTime = X25519KeyPair.generate(Genuine.constant(2));
    List<Bytes> requests = new ArrayList<>();
    requests.add(getKey(Optional.empty()));
    requests.add(getKey(Optional.of(oneTime)));
    return requests;
  }

  private static Bytes getKey(Optional<X25519KeyPair> sealTo) {
    try (PeerKeyPair peer = PeerKeyPair.generate(Genuine.constant(3))) {
      Challenge challenge = Kms.getKey().challenge(peer.peerId().text());
      Bytes binding =
          sealTo
              .map(pair -> Bindings.sealedGetKey(pair.publicKey(), peer.peerId()))
              .orElseGet(() -> Bindings.plainGetKey(peer.peerId()));
      Bytes quote = Kms.QUOTES.quote(ReportData.of(challenge.nonce(), binding)).quote();
      String sealed =
          sealTo
              .map(pair -> ",\"sealToB64\":\"%s\"".formatted(base64(pair.publicKey().value())))
              .orElse("");
      String payload =
          "{\"challengeId\":\"%s\",\"challengeNonceHex\":\"%s\",\"quoteHashHex\":\"%s\",\"peerId\":\"%s\"}"
              .formatted(
                  challenge.id(), challenge.nonce().hex(), Sha256.of(quote).hex(), peer.peerId());
      return Genuine.utf8(
          "{\"challengeId\":\"%s\",\"quoteB64\":\"%s\",\"peerId\":\"%s\",\"peerPublicKeyB64\":\"%s\",\"signatureB64\":\"%s\"%s}"
              .formatted(
                  challenge.id(),
                  base64(quote),
                  peer.peerId(),
                  StrictBase64.encode(peer.publicKey().protobuf()),
                  StrictBase64.encode(peer.sign(payload.getBytes(UTF_8))),
                  sealed));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Bytes> attests() {
    String nonce = StrictBase64.encode(new byte[32]);
    return List.of(
        Genuine.utf8("{\"nonceB64\":\"%s\"}".formatted(nonce)),
        Genuine.utf8(
            "{\"nonceB64\":\"%1$s\",\"bindingB64\":\"%1$s\",\"transportKey\":true,\"eventLog\":false,\"x\":[1,{}]}"
                .formatted(nonce)));
  }

  private static List<Bytes> joins() {
    Bytes nonce = Bytes.fromHex("05".repeat(32));
    try (X25519KeyPair joiner = X25519KeyPair.generate(Genuine.constant(6))) {
      Bytes quote =
          Kms.QUOTES.quote(ReportData.of(nonce, Bindings.clusterJoin(joiner.publicKey()))).quote();
      return List.of(
          Genuine.utf8(
              "{\"nonceB64\":\"%s\",\"joinerPublicB64\":\"%s\",\"quoteB64\":\"%s\"}"
                  .formatted(base64(nonce), base64(joiner.publicKey().value()), base64(quote))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(Bytes bytes) {
    return StrictBase64.encode(bytes.toArray());
  }
}
