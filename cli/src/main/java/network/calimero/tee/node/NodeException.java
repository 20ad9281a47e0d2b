package network.calimero.tee.node;

import java.io.Serial;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node did not get what it asked a KMS for. The message says what happened and is plain text on
 * one line; it never holds key material.
 */
public final class NodeException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Kinds of failure, each with what to do about it. */
  public enum Code {
    /** Nobody answers at that address, or the connection broke. */
    KMS_UNREACHABLE("check the URL and that the KMS runs; its GET /health says so"),
    /** No complete answer within the time that a node gives. */
    KMS_TIMEOUT("try again; if it stays, look at the KMS's log and load"),
    /** The KMS answered with an error; {@link NodeException#error} has it. */
    KMS_REFUSED("see what the KMS says"),
    /** The answer is larger than a node takes, or not of the protocol's form. */
    ANSWER_MALFORMED("check that a KMS of this protocol listens at the URL"),
    /** The challenge is over before it could be used. */
    CHALLENGE_EXPIRED("check this machine's clock and that of the KMS"),
    /** This machine's own quote is not over the data it was asked for. */
    OWN_QUOTE_WRONG("check the source of this machine's quotes: its agent or kernel"),
    /** The key is shorter or longer than a node takes, or not hex. */
    KEY_UNUSABLE("do not use it; look at the KMS's log");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** What to do next, a phrase for people. */
    public String advice() {
      return advice;
    }

    /** The code as tools print it: lower case with underscores. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;
  private final @Nullable KmsError error;

  NodeException(Code code, String message) {
    super(PlainText.of(message));
    this.code = code;
    this.error = null;
  }

  NodeException(Code code, String message, Throwable cause) {
    super(PlainText.of(message), cause);
    this.code = code;
    this.error = null;
  }

  NodeException(String request, KmsError error) {
    super(PlainText.of("the KMS refused " + request + " with " + error.text()));
    this.code = Code.KMS_REFUSED;
    this.error = error;
  }

  /** What kind of failure it is. */
  public Code code() {
    return code;
  }

  /** What the KMS said; only with {@link Code#KMS_REFUSED}. */
  public Optional<KmsError> error() {
    return Optional.ofNullable(error);
  }

  /** What to do next, a phrase for people. */
  public String advice() {
    return error == null ? code.advice() : RefusalAdvice.of(error);
  }
}
