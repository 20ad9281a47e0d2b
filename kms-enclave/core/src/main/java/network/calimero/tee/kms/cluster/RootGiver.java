package network.calimero.tee.kms.cluster;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The side of a join that holds the root: gives it, sealed, to replicas that are the same as this
 * one (kms-protocol.md, POST /cluster/nonce and /cluster/join). Safe for use by several threads.
 */
public final class RootGiver {
  private final RootHolder holder;
  private final SameAsMe rule;
  private final OwnQuotes quotes;
  private final ClusterNonces nonces;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile @Nullable String lastRefusal;

  /** Gives what the holder has, once it has it. */
  public RootGiver(
      RootHolder holder,
      SameAsMe rule,
      QuoteSource quotes,
      InstantSource clock,
      SecureRandom random) {
    this.holder = holder;
    this.rule = rule;
    this.quotes = new OwnQuotes(quotes);
    this.nonces = new ClusterNonces(random);
    this.clock = clock;
    this.random = random;
  }

  /**
   * A nonce for one join, in base64.
   *
   * @throws KmsException {@code policy_not_ready} without a root, or {@code rate_limited}
   */
  public String nonce() throws KmsException {
    holder.require();
    return JoinTexts.encode(nonces.issue(clock.instant()));
  }

  /**
   * The root, sealed to the joiner.
   *
   * @throws KmsException {@code policy_not_ready} without a root, or the first check that failed
   */
  public JoinAnswer join(JoinRequest request) throws KmsException {
    ClusterRoot root = holder.require();
    try {
      return give(root, request, clock.instant());
    } catch (JoinException e) {
      KmsException refusal = e.asRefusal();
      lastRefusal = refusal.details();
      throw refusal;
    }
  }

  /** Why the last join that was refused here was; empty if none was. */
  public Optional<String> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  private JoinAnswer give(ClusterRoot root, JoinRequest request, Instant now) throws JoinException {
    Bytes nonce = JoinTexts.exactly(ClusterNonces.SIZE, "nonceB64", request.nonceB64());
    X25519PublicKey joiner = JoinTexts.publicKey("joinerPublicB64", request.joinerPublicB64());
    Bytes quote = JoinTexts.quote(request.quoteB64());
    if (!nonces.use(nonce, now)) {
      throw new JoinException(
          JoinFault.NONCE, "it is unknown here, expired or used; ask /cluster/nonce for a new one");
    }
    ReportData expected = ReportData.of(nonce, Bindings.clusterJoin(joiner));
    rule.require(quote, expected, JoinFault.OTHER_KEY, now);
    try (X25519KeyPair giver = X25519KeyPair.generate(random)) {
      Sealed sealed = root.sealTo(joiner, giver, nonce, random);
      Bytes bound = Bindings.clusterGive(joiner, giver.publicKey(), sealed);
      return new JoinAnswer(
          JoinTexts.encode(quotes.over(ReportData.of(nonce, bound))),
          JoinTexts.encode(giver.publicKey().value()),
          JoinTexts.encode(sealed.nonce()),
          JoinTexts.encode(sealed.ciphertext()));
    }
  }
}
