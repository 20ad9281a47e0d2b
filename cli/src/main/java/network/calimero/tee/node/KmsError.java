package network.calimero.tee.node;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What answered in place of what was asked for (kms-protocol.md, "Errors"): a statement of whoever
 * answered, in plain text. Only {@link #known} makes it one of a KMS.
 *
 * @param status the HTTP status, not 200
 * @param tag the error's tag; empty if the answer is not of the KMS's form
 * @param details what it says beside the tag; may be empty
 * @param retryAfterSeconds when to come back, where it says so
 */
public record KmsError(int status, String tag, String details, OptionalLong retryAfterSeconds) {
  /** How a KMS starts its details where it had no collateral to judge a node's quote with. */
  public static final String NO_COLLATERAL = "collateral_unavailable";

  /** The same, where its clock or its collateral was too old to judge anything by. */
  public static final String NO_VERDICT = "no_verdict";

  /** Makes both texts plain. */
  public KmsError {
    tag = PlainText.of(tag);
    details = PlainText.of(details);
  }

  /** The tag, if it is one that a KMS has; else a proxy or another program answered. */
  public Optional<KmsTag> known() {
    return KmsTag.of(tag);
  }

  /**
   * Whether a KMS said "no" to what it was asked. Busy, not ready, without collateral or without
   * such a path it does not know, which is not a "no".
   */
  public boolean isRefusal() {
    boolean judged = status >= 400 && status < 500 && status != 404 && status != 405;
    boolean withCollateral =
        !details.startsWith(NO_COLLATERAL + ":") && !details.startsWith(NO_VERDICT + ":");
    return judged && withCollateral && known().filter(KmsTag::isRefusal).isPresent();
  }

  /** Status, tag and details on one line. */
  public String text() {
    String name = tag.isEmpty() ? "HTTP status " + status : tag + " (HTTP " + status + ")";
    return details.isEmpty() ? name : name + ": " + details;
  }
}
