package network.calimero.tee.functions.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.functions.outbound.HostRule.Ports;

/** Reads one entry of a list of hosts. Each method throws IllegalArgumentException. */
final class HostRuleText {
  private static final int MAX_SHOWN = 80;

  /** What no host has and regular expressions are made of; a bracket may hold an IPv6 address. */
  private static final Pattern EXPRESSION =
      Pattern.compile(".*(?:[\\\\^$(){}|+?]|\\.\\*|\\[.*-).*");

  private HostRuleText() {}

  static HostRule parse(String entry) {
    if (EXPRESSION.matcher(entry).matches()) {
      throw problem(entry, "looks like a regular expression, which is not taken here");
    }
    if (entry.contains("://") || entry.contains("@")) {
      throw problem(entry, "is a URL; its host alone is wanted");
    }
    if (entry.startsWith("[")) {
      int end = entry.indexOf(']');
      if (end < 0) {
        throw problem(entry, "has a bracket that does not end");
      }
      String after = entry.substring(end + 1);
      if (!after.isEmpty() && !after.startsWith(":")) {
        throw problem(entry, "has something other than a port after its bracket");
      }
      return within(entry, entry.substring(1, end), ports(entry, after));
    }
    int colon = entry.indexOf(':');
    if (colon < 0 || colon != entry.lastIndexOf(':')) {
      return host(entry, entry, Ports.USUAL);
    }
    return host(entry, entry.substring(0, colon), ports(entry, entry.substring(colon)));
  }

  private static Ports ports(String entry, String text) {
    if (text.isEmpty()) {
      return Ports.USUAL;
    }
    String port = text.substring(1);
    if (port.equals("*")) {
      return Ports.ANY;
    }
    if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
      throw problem(entry, "has a port that is none");
    }
    return Ports.only(Integer.parseInt(port));
  }

  private static HostRule host(String entry, String text, Ports ports) {
    boolean below = text.startsWith("*.");
    Optional<String> name = HostName.parse(below ? text.substring(2) : text);
    if (name.isPresent()) {
      return below
          ? new HostRule.Below(name.get(), ports)
          : new HostRule.Exactly(name.get(), ports);
    }
    return within(entry, text, ports);
  }

  private static HostRule within(String entry, String text, Ports ports) {
    IpRange range =
        IpRange.parse(text)
            .or(() -> IpAddress.parse(text).map(IpRange::only))
            .orElseThrow(() -> problem(entry, "is neither a host name in ASCII nor an address"));
    AddressKind kind = AddressKinds.of(range);
    if (kind != AddressKind.PUBLIC && !kind.isListable()) {
      throw problem(
          entry,
          "is never called, listed or not (%s)"
              .formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
    return new HostRule.Within(range, ports);
  }

  private static IllegalArgumentException problem(String entry, String what) {
    return new IllegalArgumentException(
        "has \"%s\", which %s".formatted(PlainText.bounded(entry, MAX_SHOWN), what));
  }
}
