package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.cache.Lru;

/**
 * Remembers what was proven and depends on collateral or on a PCK chain alone (dcap.md, "Caching").
 * Bounded; the least recently used goes first. An entry counts only under the same anchor, the same
 * bytes, and while now lies in its validity, so that a cache never widens what is accepted. Only
 * successes are remembered.
 */
final class VerificationCache {
  private final Lru<Bytes, ValidatedCollateral> collateral;
  private final Lru<Bytes, PckChain> authenticated;
  private final Lru<Key, CheckedPckChain> chains;

  /** A chain under the CRLs of given collateral. */
  private record Key(Bytes pemDigest, Bytes collateral) {}

  VerificationCache(int entries) {
    collateral = new Lru<>(entries);
    authenticated = new Lru<>(entries);
    chains = new Lru<>(entries);
  }

  Optional<ValidatedCollateral> collateral(Bytes fingerprint, Instant now) {
    return Optional.ofNullable(collateral.get(fingerprint))
        .filter(found -> found.validity().contains(now));
  }

  void remember(ValidatedCollateral validated) {
    collateral.put(validated.fingerprint(), validated);
  }

  /** A chain that is proven to the anchor; nothing is known of its revocation. */
  Optional<PckChain> authenticated(Bytes pem, Instant now) {
    return Optional.ofNullable(authenticated.get(Sha256.of(pem)))
        .filter(found -> found.validity().contains(now));
  }

  void remember(Bytes pem, PckChain chain) {
    authenticated.put(Sha256.of(pem), chain);
  }

  Optional<CheckedPckChain> chain(Bytes pem, ValidatedCollateral under, Instant now) {
    return Optional.ofNullable(chains.get(key(pem, under)))
        .filter(found -> found.validity().contains(now));
  }

  void remember(Bytes pem, CheckedPckChain chain, ValidatedCollateral under) {
    chains.put(key(pem, under), chain);
  }

  /**
   * By digest: text around a chain is its sender's choice, who could else make many keys of one
   * hash code, and whose whole quote each key would keep in memory.
   */
  private static Key key(Bytes pem, ValidatedCollateral under) {
    return new Key(Sha256.of(pem), under.fingerprint());
  }
}
