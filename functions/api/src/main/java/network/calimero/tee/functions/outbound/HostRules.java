package network.calimero.tee.functions.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import network.calimero.tee.functions.outbound.HostRule.Below;
import network.calimero.tee.functions.outbound.HostRule.Exactly;
import network.calimero.tee.functions.outbound.HostRule.Within;

/**
 * Which hosts may be called: names ({@code example.org}), names below one ({@code *.example.org}),
 * addresses and ranges of them ({@code 192.0.2.0/24}), each with a port ({@code :8443}) or any
 * ({@code :*}) if it is not the usual one. A range means its public addresses only, unless it lies
 * in a loopback or private range as a whole.
 */
public final class HostRules {
  /** What is accepted, in words that complete "accepted: …". */
  public static final String ACCEPTED =
      "hosts between commas: example.org, *.example.org, an address or a range such as 10.0.0.0/8,"
          + " each with :port if it is not the usual one, or :* for any";

  private static final String LOCALHOST = "localhost";

  private final List<HostRule> rules;

  private HostRules(List<HostRule> rules) {
    this.rules = rules;
  }

  /**
   * Reads a list between commas.
   *
   * @throws IllegalArgumentException with the problem, in words that complete "NAME …"
   */
  public static HostRules parse(String text) {
    List<HostRule> rules =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(HostRuleText::parse)
            .toList();
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("has no host");
    }
    return new HostRules(rules);
  }

  /** Whether a name is listed, for whatever port. */
  boolean lists(String name) {
    return naming(name).findAny().isPresent();
  }

  /** Whether a name is listed for that port. */
  boolean lists(String name, int port, Set<Integer> usual) {
    return naming(name).anyMatch(rule -> rule.ports().admit(port, usual));
  }

  /** Whether an address is listed, for whatever port. */
  boolean lists(IpAddress address) {
    return holding(address).findAny().isPresent();
  }

  /** Whether an address is listed for that port. */
  boolean lists(IpAddress address, int port, Set<Integer> usual) {
    return holding(address).anyMatch(rule -> rule.ports().admit(port, usual));
  }

  /**
   * Whether a listed name may stand for an address: any public one; others only if they are listed
   * too, but {@code localhost}, listed as such, says itself what it is.
   */
  boolean mayStandFor(String name, IpAddress address, int port, Set<Integer> usual) {
    return switch (address.kind()) {
      case PUBLIC -> true;
      case LOOPBACK -> name.equals(LOCALHOST) || lists(address, port, usual);
      case PRIVATE -> lists(address, port, usual);
      case LINK_LOCAL, METADATA, MULTICAST, TRANSLATED, RESERVED -> false;
    };
  }

  private Stream<HostRule> naming(String name) {
    Predicate<HostRule> matches =
        rule ->
            switch (rule) {
              case Exactly exactly -> name.equals(exactly.name());
              case Below below -> name.endsWith("." + below.name());
              case Within _ -> false;
            };
    return rules.stream().filter(matches);
  }

  private Stream<HostRule> holding(IpAddress address) {
    return rules.stream().filter(rule -> rule instanceof Within within && within.admits(address));
  }
}
