package network.calimero.tee.kms.cluster;

import java.security.SecureRandom;
import java.time.InstantSource;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.RootSeal;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.UnsealException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * The side of a join that has no root yet: takes it from replicas that are the same as this one
 * (kms-protocol.md, "The TDX cluster backend"). Safe for use by several threads.
 */
public final class RootJoiner {
  private final SameAsMe rule;
  private final OwnQuotes quotes;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Joins by that rule. */
  public RootJoiner(SameAsMe rule, QuoteSource quotes, InstantSource clock, SecureRandom random) {
    this.rule = rule;
    this.quotes = new OwnQuotes(quotes);
    this.clock = clock;
    this.random = random;
  }

  /**
   * The root, from a peer that proves to be the same.
   *
   * @return for the caller to close
   * @throws JoinException with the first thing that is wrong
   */
  public ClusterRoot join(Peer peer) throws JoinException {
    Bytes nonce = JoinTexts.exactly(ClusterNonces.SIZE, "nonceB64", peer.nonce());
    try (X25519KeyPair joiner = X25519KeyPair.generate(random)) {
      X25519PublicKey joinerPublic = joiner.publicKey();
      Bytes quote = quotes.over(ReportData.of(nonce, Bindings.clusterJoin(joinerPublic)));
      JoinAnswer answer =
          peer.join(
              new JoinRequest(
                  JoinTexts.encode(nonce),
                  JoinTexts.encode(joinerPublic.value()),
                  JoinTexts.encode(quote)));
      return take(answer, nonce, joiner);
    }
  }

  private ClusterRoot take(JoinAnswer answer, Bytes nonce, X25519KeyPair joiner)
      throws JoinException {
    Bytes quote = JoinTexts.quote(answer.quoteB64());
    X25519PublicKey giver = JoinTexts.publicKey("giverPublicB64", answer.giverPublicB64());
    Sealed sealed =
        new Sealed(
            JoinTexts.exactly(RootSeal.SEALED_SIZE, "sealedRootB64", answer.sealedRootB64()),
            JoinTexts.exactly(Sealed.NONCE_SIZE, "sealNonceB64", answer.sealNonceB64()));
    Bytes bound = Bindings.clusterGive(joiner.publicKey(), giver, sealed);
    rule.require(quote, ReportData.of(nonce, bound), JoinFault.ALTERED_ANSWER, clock.instant());
    try {
      return new ClusterRoot(RootSeal.open(sealed, joiner, giver, nonce));
    } catch (UnsealException e) {
      throw new JoinException(JoinFault.SEALED_ROOT, String.valueOf(e.getMessage()), e);
    }
  }
}
