package network.calimero.tee.collateral.pcs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.CollateralCheck;
import network.calimero.tee.dcap.Validity;
import network.calimero.tee.dcap.VerificationException;

/**
 * Loads a piece of collateral from the first server whose answer is proven: one that is broken,
 * stale or hostile costs time, never the piece. As long as the first server works, everything is
 * its; each piece is proven by itself, so pieces of several servers make no weaker set.
 */
final class ItemLoader {
  /** How long a server that did not answer is asked after all others. */
  private static final Duration LAST_IN_LINE = Duration.ofMinutes(1);

  private final List<PcsBase> bases;
  private final PcsClient client;
  private final CollateralCheck check;
  private final CachePolicy policy;
  private final Map<PcsBase, Instant> silentUntil = new ConcurrentHashMap<>();

  ItemLoader(List<PcsBase> bases, PcsClient client, CollateralCheck check, CachePolicy policy) {
    this.bases = bases;
    this.client = client;
    this.check = check;
    this.policy = policy;
  }

  /**
   * Asks the servers in their order.
   *
   * @param rootCrl a proven one; unused for the root CRL itself
   */
  Held load(Item item, Bytes rootCrl, Instant now) throws LoadException {
    Failures failures = new Failures(item);
    for (PcsBase base : order(now)) {
      try {
        Document document = client.fetch(base, item);
        Validity validity = prove(item, document, rootCrl, now);
        silentUntil.remove(base);
        return Held.of(document, validity, now, policy);
      } catch (CollateralUnavailableException e) {
        if (e.code() == Code.UNREACHABLE || e.code() == Code.TIMEOUT) {
          silentUntil.put(base, now.plus(LAST_IN_LINE));
        }
        failures.add(e);
        if (e.code() == Code.INTERRUPTED) {
          break;
        }
      } catch (VerificationException e) {
        failures.add(e, PcsBase.host(item.at(base)));
      }
    }
    throw failures.verdict();
  }

  private List<PcsBase> order(Instant now) {
    List<PcsBase> first = new ArrayList<>();
    List<PcsBase> last = new ArrayList<>();
    for (PcsBase base : bases) {
      Instant silent = silentUntil.get(base);
      (silent != null && now.isBefore(silent) ? last : first).add(base);
    }
    first.addAll(last);
    return first;
  }

  private Validity prove(Item item, Document document, Bytes rootCrl, Instant now)
      throws VerificationException {
    return switch (item) {
      case Item.RootCrl _ -> check.rootCrl(document.text(), now);
      case Item.PckCrl crl -> check.pckCrl(document.text(), crl.authority(), now);
      case Item.TcbInfo info ->
          check.tcbInfo(
              document.issuerChain(),
              document.text(),
              document.signature(),
              info.tee(),
              info.fmspc(),
              rootCrl,
              now);
      case Item.QeIdentity identity ->
          check.qeIdentity(
              document.issuerChain(),
              document.text(),
              document.signature(),
              identity.tee(),
              rootCrl,
              now);
    };
  }

  /**
   * What the servers failed with. While one of them could not be asked, nobody knows what it has:
   * "not to be had". If all answered, a document that was refused or is none counts before one that
   * was not there.
   */
  private static final class Failures {
    private final Item item;
    private final List<CollateralUnavailableException> unavailable = new ArrayList<>();
    private final List<VerificationException> refused = new ArrayList<>();
    private final StringBuilder servers = new StringBuilder();

    Failures(Item item) {
      this.item = item;
    }

    void add(CollateralUnavailableException failure) {
      unavailable.add(failure);
      servers.append("; ").append(failure.host()).append(": ").append(failure.getMessage());
    }

    void add(VerificationException failure, String host) {
      refused.add(failure);
      servers.append("; ").append(host).append(": ").append(failure.getMessage());
    }

    LoadException verdict() {
      Optional<CollateralUnavailableException> notAsked =
          unavailable.stream().filter(e -> !isAnswer(e.code())).findFirst();
      if (notAsked.isEmpty() && isThere()) {
        String text = item.title() + " is unusable" + servers;
        return new LoadException(
            refused.isEmpty() ? CollateralCheck.malformed(text) : refused.getFirst(), text);
      }
      CollateralUnavailableException first =
          notAsked.orElseGet(() ->
              unavailable.stream()
                  .filter(e -> e.code() != Code.NOT_FOUND)
                  .findFirst()
                  .orElseGet(unavailable::getFirst));
      return new LoadException(
          first.code(),
          first.host(),
          item.title() + " is not to be had" + servers,
          first.code() == Code.NOT_FOUND ? item.adviceIfMissing() : first.advice());
    }

    private boolean isThere() {
      return !refused.isEmpty() || unavailable.stream().anyMatch(e -> e.code() == Code.MALFORMED);
    }

    private static boolean isAnswer(Code code) {
      return switch (code) {
        case NOT_FOUND, TOO_LARGE, MALFORMED -> true;
        case UNREACHABLE, TIMEOUT, STATUS, BUSY, RECENT_FAILURE, INTERRUPTED -> false;
      };
    }
  }
}
