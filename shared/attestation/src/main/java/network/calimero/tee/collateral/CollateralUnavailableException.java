package network.calimero.tee.collateral;

import java.util.Locale;
import network.calimero.tee.bytes.PlainText;

/**
 * Collateral is not to be had, so that no verdict is possible: neither "yes" nor "no". Says which
 * host failed and what to do. Its text is bounded and of printable characters; of a body that a
 * server sent it holds no more than the word that does not parse.
 */
public final class CollateralUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT = 600;

  /** Every way in which collateral can be missing; the names are part of the public API. */
  public enum Code {
    /** No connection: name, address, port or TLS. */
    UNREACHABLE("check the address, the network and the firewall, or name another PCS or PCCS"),
    /** Connected, but the answer was not complete in time. */
    TIMEOUT("try again; if it goes on, name another PCS or PCCS"),
    /** The server does not know the platform or the document. */
    NOT_FOUND(
        "let the platform be registered with Intel, or with this PCCS; or name Intel's PCS beside it"),
    /** Any other status than success, redirects included. */
    STATUS("check that the address is the base URL of a PCS or PCCS (v4), and its logs"),
    /** More bytes than any genuine document has. */
    TOO_LARGE("check that the address is the base URL of a PCS or PCCS (v4)"),
    /** The answer is not in the form of PCS v4. From every server, it is a refusal instead. */
    MALFORMED("check that the address is the base URL of a PCS or PCCS (v4)"),
    /** Too many other documents are being fetched. */
    BUSY("try again in some seconds"),
    /** It failed a moment ago and is not asked for again yet. */
    RECENT_FAILURE("it is asked for again at the time given; what failed is said there"),
    /** Interrupted, or the source was closed. */
    INTERRUPTED("try again");

    private final String advice;

    Code(String advice) {
      this.advice = advice;
    }

    /** What to do about it, a phrase for people. */
    public String advice() {
      return advice;
    }

    /** The code as tools print it: lower case with underscores. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;
  private final String host;
  private final String advice;

  /**
   * A failure of one host, or of none.
   *
   * @param host the host, with its port if one was given; empty if none was asked
   * @param reason what was asked for and what happened
   */
  public CollateralUnavailableException(Code code, String host, String reason) {
    this(code, host, reason, code.advice());
  }

  /**
   * A failure with advice that fits it better than that of its code.
   *
   * @param host the host, with its port if one was given; empty if none was asked
   * @param reason what was asked for and what happened
   * @param advice what to do about it, a phrase for people
   */
  public CollateralUnavailableException(Code code, String host, String reason, String advice) {
    super(PlainText.bounded(reason, MAX_TEXT));
    this.code = code;
    this.host = host;
    this.advice = advice;
  }

  /** Which failure it is. */
  public Code code() {
    return code;
  }

  /** The host that failed, or an empty text if none was asked. */
  public String host() {
    return host;
  }

  /** What to do about it; {@code code().advice()} unless what is missing asks for other advice. */
  public String advice() {
    return advice;
  }
}
