package network.calimero.tee.node;

import java.util.OptionalLong;

/**
 * What a KMS says when it refuses (kms-protocol.md, "Errors"): a statement of whoever answered, in
 * plain text.
 *
 * @param status the HTTP status, not 200
 * @param tag the error's tag; empty if the answer is not of the KMS's form
 * @param details what it says beside the tag; may be empty
 * @param retryAfterSeconds when to come back, where it says so
 */
public record KmsError(int status, String tag, String details, OptionalLong retryAfterSeconds) {

  /** Makes both texts plain. */
  public KmsError {
    tag = PlainText.of(tag);
    details = PlainText.of(details);
  }

  /** Whether asking again later may help: the KMS is busy or not ready, which is not a "no". */
  public boolean isTemporary() {
    return status == 429 || status >= 500;
  }

  /** Status, tag and details on one line. */
  public String text() {
    String name = tag.isEmpty() ? "HTTP status " + status : tag + " (HTTP " + status + ")";
    return details.isEmpty() ? name : name + ": " + details;
  }
}
