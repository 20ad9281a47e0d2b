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

  /** What a failure means: "no" and "don't know" are not the same. */
  public enum Meaning {
    /** The KMS refused, or gave what no node takes. */
    NO,
    /** Nobody is known to have judged anything. */
    UNKNOWN,
    /** This machine itself did not do its part. */
    OWN_FAULT
  }

  /** Kinds of failure, each with what to do about it. */
  public enum Code {
    /** Nobody answers at that address, or the connection broke. */
    KMS_UNREACHABLE(
        Meaning.UNKNOWN, "check the URL and that the KMS runs; its GET /health says so"),
    /** No complete answer within the time that a node gives. */
    KMS_TIMEOUT(Meaning.UNKNOWN, "try again; if it stays, look at the KMS's log and load"),
    /** Something answered, but not as a KMS does: nothing is known of any KMS. */
    NOT_A_KMS(
        Meaning.UNKNOWN,
        "check that the URL is the base URL of a KMS, without a path of its own, and what else"
            + " answers there"),
    /** The KMS answered "no"; {@link NodeException#error} has it. */
    KMS_REFUSED(Meaning.NO, "see what the KMS says"),
    /** The KMS answered that it cannot say; {@link NodeException#error} has it. */
    KMS_NOT_ABLE(Meaning.UNKNOWN, "see what the KMS says"),
    /** An answer as a KMS gives, but with a value that no node takes. */
    ANSWER_MALFORMED(Meaning.NO, "check that a KMS of this protocol listens at the URL"),
    /** The challenge is over before it could be used. */
    CHALLENGE_EXPIRED(Meaning.NO, "check this machine's clock and that of the KMS"),
    /** This machine's own quote is not over the data it was asked for. */
    OWN_QUOTE_WRONG(
        Meaning.OWN_FAULT, "check the source of this machine's quotes: its agent or kernel"),
    /** The KMS names no transport key, so that it cannot seal to this node. */
    SEALING_NOT_OFFERED(
        Meaning.NO,
        "use a KMS of a later release; or ask with --plain, and let whoever ends the TLS connection"
            + " see the key"),
    /** A sealed key that does not open: it is not from the KMS that was checked. */
    SEAL_BROKEN(
        Meaning.NO,
        "do not use this KMS: what answers /get-key is not what answered /attest, or somebody in"
            + " between changes its answers"),
    /** The key is shorter or longer than a node takes, or not hex. */
    KEY_UNUSABLE(Meaning.NO, "do not use it; look at the KMS's log");

    private final Meaning meaning;
    private final String advice;

    Code(Meaning meaning, String advice) {
      this.meaning = meaning;
      this.advice = advice;
    }

    /** What it says of the KMS or of this node. */
    public Meaning meaning() {
      return meaning;
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
  private final String request;
  private final @Nullable KmsError error;

  NodeException(Code code, String message) {
    super(PlainText.of(message));
    this.code = code;
    this.request = "";
    this.error = null;
  }

  NodeException(Code code, String message, Throwable cause) {
    super(PlainText.of(message), cause);
    this.code = code;
    this.request = "";
    this.error = null;
  }

  /**
   * An error in place of an answer.
   *
   * @param request the path that was asked
   */
  NodeException(String request, KmsError error) {
    this(codeOf(request, error), request, error);
  }

  private NodeException(Code code, String request, KmsError error) {
    super(PlainText.of(said(code, request) + error.text()));
    this.code = code;
    this.request = request;
    this.error = error;
  }

  /** Without evidence nothing is known of a KMS, whatever the reason that it gives. */
  private static Code codeOf(String request, KmsError error) {
    if (error.known().isEmpty()) {
      return Code.NOT_A_KMS;
    }
    boolean no = error.isRefusal() && !request.equals(KmsClient.ATTEST);
    return no ? Code.KMS_REFUSED : Code.KMS_NOT_ABLE;
  }

  private static String said(Code code, String request) {
    return switch (code) {
      case KMS_REFUSED -> "the KMS refused " + request + " with ";
      case KMS_NOT_ABLE -> "the KMS answered " + request + " with ";
      default -> "what answered " + request + " is not known to be a KMS; it answered with ";
    };
  }

  /** What kind of failure it is. */
  public Code code() {
    return code;
  }

  /**
   * What answered in place of what was asked for; with {@link Code#KMS_REFUSED}, {@link
   * Code#KMS_NOT_ABLE} and some {@link Code#NOT_A_KMS}.
   */
  public Optional<KmsError> error() {
    return Optional.ofNullable(error);
  }

  /** What to do next, a phrase for people. */
  public String advice() {
    return error == null ? code.advice() : RefusalAdvice.of(request, error);
  }
}
