package network.calimero.tee.functions.outbound;

import java.util.OptionalInt;
import java.util.Set;

/** One entry of a list of hosts that may be called. */
sealed interface HostRule {

  /** Which ports it is for. */
  Ports ports();

  /** A name, letter for letter. */
  record Exactly(String name, Ports ports) implements HostRule {}

  /** Names that end in a dot and this one; not this one itself. */
  record Below(String name, Ports ports) implements HostRule {}

  /**
   * Addresses: the public ones of the range, or, where it lies in a loopback or private range as a
   * whole, those.
   */
  record Within(IpRange range, Ports ports) implements HostRule {

    boolean admits(IpAddress address) {
      AddressKind kind = address.kind();
      return range.contains(address)
          && (kind == AddressKind.PUBLIC
              || (kind.isListable() && AddressKinds.of(range).isListable()));
    }
  }

  /**
   * Ports of a rule.
   *
   * @param only the one that the rule names; empty: those that are usual for what is called
   * @param any whatever port
   */
  record Ports(OptionalInt only, boolean any) {
    static final Ports USUAL = new Ports(OptionalInt.empty(), false);
    static final Ports ANY = new Ports(OptionalInt.empty(), true);

    static Ports only(int port) {
      return new Ports(OptionalInt.of(port), false);
    }

    boolean admit(int port, Set<Integer> usual) {
      return any || (only.isPresent() ? only.getAsInt() == port : usual.contains(port));
    }
  }
}
