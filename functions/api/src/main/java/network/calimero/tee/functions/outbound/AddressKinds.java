package network.calimero.tee.functions.outbound;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of address space that is not public (verifier-api.md, "What it must withstand", and the
 * IANA registries of special-purpose addresses). Of IPv6 only what is handed out, 2000::/3, can be
 * public at all.
 */
final class AddressKinds {
  private record Entry(IpRange range, AddressKind kind) {}

  private static final IpRange HANDED_OUT = IpRange.of("2000::/3");

  private static final List<Entry> TABLE =
      Stream.of(
              entries(AddressKind.LOOPBACK, "127.0.0.0/8", "::1/128"),
              entries(
                  AddressKind.PRIVATE,
                  "10.0.0.0/8",
                  "172.16.0.0/12",
                  "192.168.0.0/16",
                  "100.64.0.0/10",
                  "fc00::/7"),
              entries(AddressKind.LINK_LOCAL, "169.254.0.0/16", "fe80::/10"),
              // Alibaba Cloud, Azure, AWS and Google Cloud, as far as not link-local.
              entries(
                  AddressKind.METADATA,
                  "100.100.100.200/32",
                  "168.63.129.16/32",
                  "fd00:ec2::/32",
                  "fd20:ce::254/128"),
              entries(AddressKind.MULTICAST, "224.0.0.0/4", "ff00::/8"),
              // IPv4-compatible, NAT64 (well-known and local), Teredo, 6to4.
              entries(
                  AddressKind.TRANSLATED,
                  "::/96",
                  "64:ff9b::/96",
                  "64:ff9b:1::/48",
                  "2001::/32",
                  "2002::/16"),
              entries(
                  AddressKind.RESERVED,
                  "0.0.0.0/8",
                  "192.0.0.0/24",
                  "192.0.2.0/24",
                  "192.88.99.0/24",
                  "198.18.0.0/15",
                  "198.51.100.0/24",
                  "203.0.113.0/24",
                  "240.0.0.0/4",
                  "2001::/23",
                  "2001:db8::/32",
                  "3fff::/20"),
              entries(AddressKind.PUBLIC, "0.0.0.0/0", HANDED_OUT.toString()))
          .flatMap(List::stream)
          .sorted(Comparator.comparingInt((Entry entry) -> entry.range().bits()).reversed())
          .toList();

  private AddressKinds() {}

  private static List<Entry> entries(AddressKind kind, String... ranges) {
    return Stream.of(ranges).map(range -> new Entry(IpRange.of(range), kind)).toList();
  }

  /**
   * That of the narrowest range of the table around a range. One that reaches over several kinds is
   * public: it means its public addresses, and no others.
   */
  static AddressKind of(IpRange range) {
    return TABLE.stream()
        .filter(entry -> range.isWithin(entry.range()))
        .findFirst()
        .map(Entry::kind)
        .orElse(HANDED_OUT.isWithin(range) ? AddressKind.PUBLIC : AddressKind.RESERVED);
  }
}
