package network.calimero.tee.kms;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import network.calimero.tee.bytes.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A request was refused. {@link #details} goes to whoever asked: it says what to do, and never
 * holds a secret or a local path. The cause, where there is one, is for the operator's log only.
 */
public final class KmsException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The most characters of details that are sent. */
  public static final int MAX_DETAILS = 1_500;

  private final KmsError error;
  private final String details;
  private final @Nullable Duration retryAfter;

  /** A refusal with its reason. */
  public KmsException(KmsError error, String details) {
    this(error, details, null, null);
  }

  /** A refusal with its reason and, if something did, what led to it. */
  public KmsException(KmsError error, String details, @Nullable Throwable cause) {
    this(error, details, null, cause);
  }

  private KmsException(
      KmsError error, String details, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(error.tag() + ": " + bounded(details), cause);
    this.error = error;
    this.details = bounded(details);
    this.retryAfter = retryAfter;
  }

  /**
   * A refusal for now.
   *
   * @param retryAfter when to come back; counts as at least a second
   */
  public static KmsException rateLimited(String details, Duration retryAfter) {
    return new KmsException(KmsError.RATE_LIMITED, details, retryAfter, null);
  }

  /** Details may repeat what strangers sent, or who answers in a server's place. */
  private static String bounded(String details) {
    return PlainText.bounded(details, MAX_DETAILS);
  }

  /** Which refusal it is. */
  public KmsError error() {
    return error;
  }

  /** Why, for whoever asked; may be empty. */
  public String details() {
    return details;
  }

  /** Whole seconds, at least 1, after which it is worth asking again; empty if it is not. */
  public Optional<Long> retryAfterSeconds() {
    return Optional.ofNullable(retryAfter)
        .map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
