package network.calimero.tee.functions.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/** IPv6 as RFC 4291, section 2.2 writes it: groups, at most one {@code ::}, IPv4 at the end. */
final class Ipv6Text {
  private static final int GROUPS = 8;
  private static final int MAX_DIGITS = 4;
  private static final String GAP = "::";

  private Ipv6Text() {}

  static Optional<Bytes> parse(String text) {
    int gap = text.indexOf(GAP);
    if (gap < 0) {
      return groups(text, true).filter(all -> all.size() == GROUPS).map(Ipv6Text::join);
    }
    if (text.indexOf(GAP, gap + 1) >= 0) {
      return Optional.empty();
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + GAP.length());
    Optional<List<Integer>> first = before.isEmpty() ? none() : groups(before, false);
    Optional<List<Integer>> last = after.isEmpty() ? none() : groups(after, true);
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(first.get());
    int missing = GROUPS - all.size() - last.get().size();
    if (missing < 1) {
      return Optional.empty();
    }
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(last.get());
    return Optional.of(join(all));
  }

  private static Optional<List<Integer>> none() {
    return Optional.of(List.of());
  }

  private static Optional<List<Integer>> groups(String text, boolean mayEndInV4) {
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (last && mayEndInV4 && parts[i].indexOf('.') >= 0) {
        Optional<Bytes> v4 = Ipv4Text.parse(parts[i]);
        if (v4.isEmpty()) {
          return Optional.empty();
        }
        groups.add(v4.get().byteAt(0) << 8 | v4.get().byteAt(1));
        groups.add(v4.get().byteAt(2) << 8 | v4.get().byteAt(3));
      } else if (isGroup(parts[i])) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return groups.size() <= GROUPS ? Optional.of(groups) : Optional.empty();
  }

  private static boolean isGroup(String part) {
    return !part.isEmpty()
        && part.length() <= MAX_DIGITS
        && part.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }

  private static Bytes join(List<Integer> groups) {
    byte[] bytes = new byte[2 * GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      bytes[2 * i] = (byte) (groups.get(i) >> 8);
      bytes[2 * i + 1] = (byte) (int) groups.get(i);
    }
    return Bytes.of(bytes);
  }
}
