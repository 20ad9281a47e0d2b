package network.calimero.tee.node;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.guest.GuestException;

/**
 * How a node's way to its key ended. {@link #close()} wipes the key if there is one.
 *
 * @param checks every {@link NodeStep} in order, those not reached included
 * @param kms what came of checking the KMS; empty if that was skipped
 * @param result the key, or why there is none
 */
public record FetchedKey(List<Check> checks, Optional<KmsAssessment> kms, Result result)
    implements AutoCloseable {

  /** A key, or why there is none. */
  public sealed interface Result {
    /** A key that the node may use. */
    record Key(ReleasedKey key) implements Result {}

    /** The KMS is not the expected one, and was not asked; its assessment says why. */
    record KmsNotAccepted() implements Result {}

    /** The exchange failed, at the KMS or by what it sent. */
    record Refused(NodeException cause) implements Result {}

    /** This machine gave no quote of its own. */
    record NoOwnQuote(GuestException cause) implements Result {}
  }

  /** Copies; there is no key unless every step was taken and none failed. */
  public FetchedKey {
    checks = List.copyOf(checks);
    if (!checks.stream().map(Check::step).toList().equals(NodeStep.all())) {
      throw new IllegalArgumentException("not every step in its turn: " + checks);
    }
    boolean clean = checks.stream().allMatch(FetchedKey::leavesWay);
    if (result instanceof Result.Key(var key) && !clean) {
      key.close();
      throw new IllegalArgumentException("a key in spite of a step: " + checks);
    }
  }

  private static boolean leavesWay(Check check) {
    return switch (check.outcome()) {
      case PASSED, NOT_JUDGED -> true;
      case FAILED, UNDECIDED, NOT_REACHED -> false;
    };
  }

  /** The first step that keeps the node from its key; empty where there is a key. */
  public Optional<Check> stop() {
    return checks.stream().filter(Check::stops).findFirst();
  }

  /** The key, if there is one. */
  public Optional<ReleasedKey> key() {
    return result instanceof Result.Key(var key) ? Optional.of(key) : Optional.empty();
  }

  @Override
  public void close() {
    key().ifPresent(ReleasedKey::close);
  }
}
