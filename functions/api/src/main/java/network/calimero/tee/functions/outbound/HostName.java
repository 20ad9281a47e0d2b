package network.calimero.tee.functions.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of hosts as RFC 1123 has them, in lower case. */
final class HostName {
  private static final int MAX_LENGTH = 253;
  private static final Pattern LABELS =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** What some software takes for an address: then it is an address, or nothing. */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  private HostName() {}

  /** The name in lower case; empty if it is none, or is an address in one of its many spellings. */
  static Optional<String> parse(String text) {
    if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return Optional.empty();
    }
    String name = text.toLowerCase(Locale.ROOT);
    return LABELS.matcher(name).matches() && !ENDS_IN_NUMBER.matcher(name).matches()
        ? Optional.of(name)
        : Optional.empty();
  }
}
