package network.calimero.tee.demo;

import network.calimero.tee.guest.GuestException;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.KmsError;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.node.ReleasedKey;

/**
 * A request that must not be answered with a key.
 *
 * @param title what is tried, a few words
 * @param tag the error that must come back
 * @param cause what its details must name, such as a failure code; may be empty
 */
record Attack(String title, String tag, String cause, Attempt attempt) {

  /** Makes the request. */
  @FunctionalInterface
  interface Attempt {
    KeyRequest request() throws NodeException, GuestException;
  }

  /** Tries it on that node's connection. */
  Outcome run(Node node) throws NodeException, GuestException {
    KeyRequest request = attempt.request();
    try (ReleasedKey key = node.send(request)) {
      return Outcome.bad("A KEY CAME BACK", "expected " + tag + ", not a key of " + key.length());
    } catch (NodeException e) {
      if (e.error().isEmpty()) {
        throw e;
      }
      return judge(e.error().get());
    }
  }

  private Outcome judge(KmsError error) {
    String reason = withoutAdvice(error.details());
    if (error.tag().equals(tag) && error.details().contains(cause)) {
      return Outcome.good(error.tag(), reason);
    }
    return Outcome.bad(error.tag(), "expected %s %s: %s".formatted(tag, cause, reason));
  }

  /** The advice is for operators of nodes, not for who watches an attack. */
  private static String withoutAdvice(String details) {
    int advice = details.indexOf(". What to do:");
    return advice < 0 ? details : details.substring(0, advice);
  }
}
