package network.calimero.tee.kms.time;

import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.CollateralFacts;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;

/**
 * The newest of each kind of collateral that was seen: evaluation numbers of TCB info per platform
 * type, of QE identities per TEE, CRL numbers per issuer, and the latest date of issue. Whatever is
 * shown counts, whether it is then used or not: all of it is Intel's word.
 *
 * <p>Bounded, and nothing is ever forgotten to make room, or strangers could choose what; instead
 * what does not fit is refused. Only what Intel signed gets here, for platforms whose certificates
 * Intel signed, and Intel has some hundred platform types. Safe for use by several threads.
 */
public final class SeenCollateral {
  /** Far more platform types than Intel has. */
  public static final int MAX_PLATFORM_TYPES = 1_024;

  /** The root and its PCK authorities; today these are three names. */
  private static final int MAX_ISSUERS = 16;

  private record PlatformType(TeeType tee, Fmspc fmspc) {}

  private final int maxPlatformTypes;
  private final Map<PlatformType, Integer> tcbInfos = new HashMap<>();
  private final Map<TeeType, Integer> qeIdentities = new EnumMap<>(TeeType.class);
  private final Map<Bytes, BigInteger> crls = new HashMap<>();
  private Instant newestIssue = Instant.EPOCH;

  /** Has seen nothing yet. */
  public SeenCollateral() {
    this(MAX_PLATFORM_TYPES);
  }

  /** The same, of another size. */
  public SeenCollateral(int maxPlatformTypes) {
    this.maxPlatformTypes = maxPlatformTypes;
  }

  /** The latest date of issue that was seen. */
  synchronized Instant newestIssue() {
    return newestIssue;
  }

  /** Has seen that date of issue. */
  synchronized void seeIssue(Instant issued) {
    if (issued.isAfter(newestIssue)) {
      newestIssue = issued;
    }
  }

  /** Compares with what was seen, and then has seen it too. */
  synchronized Optional<StaleException> see(CollateralFacts facts) {
    seeIssue(facts.newestIssue());
    Optional<StaleException> stale = seeTcbInfo(facts);
    stale = first(stale, seeQeIdentity(facts));
    for (CollateralFacts.Crl crl : facts.crls()) {
      stale = first(stale, seeCrl(crl));
    }
    return stale;
  }

  /** Both are worked out by then: nothing stays unseen because of what was before it. */
  private static Optional<StaleException> first(
      Optional<StaleException> one, Optional<StaleException> other) {
    return one.isPresent() ? one : other;
  }

  private Optional<StaleException> seeTcbInfo(CollateralFacts facts) {
    int number = facts.tcbInfo().evaluationDataNumber();
    PlatformType type = new PlatformType(facts.tee(), facts.fmspc());
    if (!tcbInfos.containsKey(type) && tcbInfos.size() >= maxPlatformTypes) {
      return full("TCB info of %s for FMSPC %s".formatted(facts.tee(), facts.fmspc().hex()));
    }
    int newest = tcbInfos.merge(type, number, Math::max);
    return stale(
        number < newest,
        Staleness.TCB_INFO_OLDER_THAN_SEEN,
        "TCB info of %s for FMSPC %s has evaluation data number %d, and %d was seen before"
            .formatted(facts.tee(), facts.fmspc().hex(), number, newest));
  }

  private Optional<StaleException> seeQeIdentity(CollateralFacts facts) {
    int number = facts.qeIdentity().evaluationDataNumber();
    int newest = qeIdentities.merge(facts.tee(), number, Math::max);
    return stale(
        number < newest,
        Staleness.QE_IDENTITY_OLDER_THAN_SEEN,
        "the QE identity of %s has evaluation data number %d, and %d was seen before"
            .formatted(facts.tee(), number, newest));
  }

  private Optional<StaleException> seeCrl(CollateralFacts.Crl crl) {
    if (!crls.containsKey(crl.issuer()) && crls.size() >= MAX_ISSUERS) {
      return full("the CRL of " + crl.issuerName());
    }
    BigInteger newest = crls.merge(crl.issuer(), crl.number(), BigInteger::max);
    return stale(
        crl.number().compareTo(newest) < 0,
        Staleness.CRL_OLDER_THAN_SEEN,
        "the CRL of %s has number %s, and %s was seen before"
            .formatted(crl.issuerName(), crl.number(), newest));
  }

  private static Optional<StaleException> full(String what) {
    return stale(true, Staleness.MEMORY_FULL, "no room to remember how new " + what + " is");
  }

  private static Optional<StaleException> stale(boolean is, Staleness reason, String found) {
    return is ? Optional.of(new StaleException(reason, found)) : Optional.empty();
  }
}
