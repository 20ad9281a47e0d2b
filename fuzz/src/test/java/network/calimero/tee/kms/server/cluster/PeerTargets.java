package network.calimero.tee.kms.server.cluster;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Kms;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.kms.cluster.ClusterMember;
import network.calimero.tee.kms.cluster.ClusterRoot;
import network.calimero.tee.kms.cluster.JoinAnswer;
import network.calimero.tee.kms.cluster.JoinException;
import network.calimero.tee.kms.cluster.JoinRequest;
import network.calimero.tee.kms.cluster.Peer;
import network.calimero.tee.kms.cluster.RootJoiner;
import network.calimero.tee.secret.SecretBytes;

/** What is answered to a replica that asks for the root, by whoever is at a peer's address. */
public final class PeerTargets {
  private static final String NONCE = StrictBase64.encode(Bytes.fromHex("05".repeat(32)).toArray());

  private PeerTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "peer_answer",
            Target.VERIFYING,
            PeerTargets::seeds,
            PeerTargets::read,
            Set.of(JoinException.class)));
  }

  /** The root of a genuine giver; with the same random numbers the same join, so that it fits. */
  private static List<Bytes> seeds() {
    ClusterMember giver = Kms.member();
    Recording peer = new Recording(giver);
    try {
      joiner().join(peer).close();
    } catch (JoinException e) {
      throw new IllegalStateException(e);
    }
    return List.of(
        peer.answer,
        Genuine.utf8("{\"clusterRootReady\":true,\"nonceB64\":\"%s\"}".formatted(NONCE)),
        Genuine.utf8("{\"error\":\"policy_not_ready\",\"details\":\"no\\nroot\"}"));
  }

  private static RootJoiner joiner() {
    return new RootJoiner(Kms.rule(), Kms.QUOTES, Kms.CLOCK, Genuine.constant(6));
  }

  private static void read(Bytes bytes) throws JoinException {
    byte[] body = bytes.toArray();
    Target.requirePlain(String.valueOf(PeerAnswers.refusal(503, body).getMessage()));
    Peer peer = new Answering(bytes);
    peer.saysItHoldsARoot();
    try (ClusterRoot root = Lazily.JOINER.join(peer)) {
      if (!root.derive("path").equals(Lazily.EXPECTED)) {
        throw new AssertionError("a root that nobody gave");
      }
    }
  }

  private static final class Lazily {
    static final RootJoiner JOINER = joiner();
    static final SecretBytes EXPECTED =
        new ClusterRoot(SecretBytes.moveFrom(new byte[ClusterRoot.SIZE])).derive("path");
  }

  /** Answers to everything with the same body; its nonce is taken from elsewhere. */
  private record Answering(Bytes body) implements Peer {
    @Override
    public String name() {
      return "peer";
    }

    @Override
    public boolean saysItHoldsARoot() throws JoinException {
      return PeerAnswers.rootReady(body.toArray());
    }

    @Override
    public String nonce() {
      return NONCE;
    }

    @Override
    public JoinAnswer join(JoinRequest request) throws JoinException {
      return PeerAnswers.join(body.toArray());
    }
  }

  private static final class Recording implements Peer {
    private final ClusterMember giver;
    private Bytes answer = Bytes.EMPTY;

    Recording(ClusterMember giver) {
      this.giver = giver;
    }

    @Override
    public String name() {
      return "giver";
    }

    @Override
    public boolean saysItHoldsARoot() {
      return true;
    }

    @Override
    public String nonce() {
      return NONCE;
    }

    @Override
    public JoinAnswer join(JoinRequest request) {
      try {
        JoinAnswer given = giver.join(request);
        answer =
            Genuine.utf8(
                "{\"quoteB64\":\"%s\",\"giverPublicB64\":\"%s\",\"sealNonceB64\":\"%s\",\"sealedRootB64\":\"%s\"}"
                    .formatted(
                        given.quoteB64(),
                        given.giverPublicB64(),
                        given.sealNonceB64(),
                        given.sealedRootB64()));
        return given;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
