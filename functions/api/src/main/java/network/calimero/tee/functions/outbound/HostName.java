package network.calimero.tee.functions.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of hosts as RFC 1123 has them, in lower case. The last label begins with a letter: what
 * ends in a number is an address to some software, in one of the many spellings that addresses
 * have.
 */
final class HostName {
  private static final int MAX_LENGTH = 253;
  private static final Pattern LABELS =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private HostName() {}

  /** The name in lower case; empty if it is none. */
  static Optional<String> parse(String text) {
    if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return Optional.empty();
    }
    String name = text.toLowerCase(Locale.ROOT);
    return LABELS.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }
}
