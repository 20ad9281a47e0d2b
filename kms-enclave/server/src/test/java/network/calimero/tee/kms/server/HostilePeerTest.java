package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import network.calimero.tee.kms.server.HostilePeer.Reply;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of peers are not trusted: whoever answers there. */
class HostilePeerTest {
  @TempDir private Path folder;

  private static Reply unchanged(KmsHttp.Answer genuine) {
    return Reply.of(genuine.status(), genuine.response().body());
  }

  /** What a replica says that can reach nobody but such a peer. */
  private String joinError(HostilePeer.Answering answering) throws Exception {
    try (ReplicaSite.World world = new ReplicaSite.World(folder);
        ReplicaSite one = world.first();
        HostilePeer hostile = new HostilePeer(one.address(), answering);
        ReplicaSite two = world.joining(ReplicaSite.IMAGE, hostile.address())) {
      String error = two.awaitJoinError();
      assertThat(two.health().json().get("clusterRootReady").booleanValue()).isFalse();
      return error.substring((hostile.address() + ": ").length());
    }
  }

  private String joinErrorIfAltered(String field, String value) throws Exception {
    return joinError((path, genuine) -> {
      if (!path.equals("/cluster/join")) {
        return unchanged(genuine);
      }
      ObjectNode answer = (ObjectNode) genuine.json();
      return Reply.of(200, answer.put(field, value).toString());
    });
  }

  private static String zeros(int size) {
    return Base64.getEncoder().encodeToString(new byte[size]);
  }

  @Test
  void relayThatChangesNothingIsOfNoHarm() throws Exception {
    try (ReplicaSite.World world = new ReplicaSite.World(folder);
        ReplicaSite one = world.first();
        HostilePeer relay = new HostilePeer(one.address(), (_, genuine) -> unchanged(genuine));
        ReplicaSite two = world.joined(relay.address())) {
      assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
    }
  }

  @Test
  void relayThatAsksForItselfGetsNothing() throws Exception {
    try (ReplicaSite.World world = new ReplicaSite.World(folder);
        ReplicaSite one = world.first();
        X25519KeyPair own = X25519KeyPair.generate(new SecureRandom());
        HostilePeer relay =
            new HostilePeer(
                one.address(),
                body -> withKey(body, own.publicKey()),
                (_, genuine) -> unchanged(genuine));
        ReplicaSite two = world.joining(ReplicaSite.IMAGE, relay.address())) {
      assertThat(two.awaitJoinError()).contains("quote_for_other_key: ");
      assertThat(one.health().text("lastJoinRefusal")).startsWith("quote_for_other_key: ");
    }
  }

  private static String withKey(String body, X25519PublicKey key) {
    ObjectNode request = (ObjectNode) JsonMapper.shared().readTree(body);
    return request.has("joinerPublicB64")
        ? request.put("joinerPublicB64", Node.base64(key.value().toArray())).toString()
        : body;
  }

  @Test
  void alteredSealedRootIsRefused() throws Exception {
    assertThat(joinErrorIfAltered("sealedRootB64", zeros(48))).startsWith("answer_altered: ");
    assertThat(joinErrorIfAltered("sealNonceB64", zeros(12))).startsWith("answer_altered: ");
  }

  @Test
  void textsOfAnotherSizeAndKeysOfLowOrderAreRefused() throws Exception {
    assertThat(joinErrorIfAltered("sealedRootB64", zeros(49))).startsWith("malformed: sealedRoot");
    assertThat(joinErrorIfAltered("giverPublicB64", zeros(32))).startsWith("malformed: giverPub");
    assertThat(joinErrorIfAltered("quoteB64", zeros(98_305))).startsWith("malformed: quoteB64");
    assertThat(joinErrorIfAltered("quoteB64", zeros(100))).startsWith("not_a_quote: ");
  }

  @Test
  void answerThatIsTooLargeIsGivenUp() throws Exception {
    assertThat(joinErrorIfAltered("sealedRootB64", "A".repeat(1 << 20)))
        .startsWith("peer_gave_none: ")
        .contains("192 KiB");
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    assertThat(joinError((path, genuine) -> new Reply(307, "{}", "http://127.0.0.1:1" + path)))
        .startsWith("peer_gave_none: it answers with status 307");
  }

  @Test
  void whatIsNoAnswerIsRefusedAndCannotForgeLinesOfTheLog() throws Exception {
    assertThat(joinError((_, _) -> Reply.of(200, "<html>"))).startsWith("peer_gave_none: ");
    assertThat(joinError((_, _) -> Reply.of(200, "[]"))).contains("not a JSON object");
    assertThat(joinError((_, _) -> Reply.of(200, "{}"))).contains("no text nonceB64");
    assertThat(joinError((_, _) -> Reply.of(200, "{\"nonceB64\":7}"))).contains("no text nonceB64");
    String forged = "{\"error\":\"x\\ny\",\"details\":\"" + "z".repeat(5_000) + "\"}";
    assertThat(joinError((_, _) -> Reply.of(500, forged)))
        .contains("status 500: x?y, zzz")
        .hasSizeLessThan(700);
  }
}
