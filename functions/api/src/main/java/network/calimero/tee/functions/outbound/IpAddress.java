package network.calimero.tee.functions.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * An address, IPv4 or IPv6. An IPv4 address inside an IPv6 address (::ffff:0:0/96) is that IPv4
 * address: the system would connect to it.
 *
 * @param bytes 4 or 16, the first one first
 */
public record IpAddress(Bytes bytes) {
  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final Bytes MAPPED = Bytes.fromHex("00000000000000000000ffff");

  /** Takes IPv4 out of IPv6. */
  public IpAddress {
    if (bytes.length() == V6 && bytes.startsWith(MAPPED)) {
      bytes = bytes.slice(V6 - V4, V6);
    }
    if (bytes.length() != V4 && bytes.length() != V6) {
      throw new IllegalArgumentException("no address has " + bytes.length() + " bytes");
    }
  }

  /** That of the JDK, without its name and zone. */
  public static IpAddress of(InetAddress address) {
    return new IpAddress(Bytes.of(address.getAddress()));
  }

  /**
   * Reads the one spelling that everybody reads the same: four decimal numbers without leading
   * zeros, or IPv6 (RFC 4291, section 2.2) without brackets and zone. Empty if it is anything else.
   */
  public static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0
        ? Ipv4Text.parse(text).map(IpAddress::new)
        : Ipv6Text.parse(text).map(IpAddress::new);
  }

  /** Whether it is IPv4. */
  public boolean isV4() {
    return bytes.length() == V4;
  }

  /** What it is for. */
  public AddressKind kind() {
    return AddressKinds.of(IpRange.only(this));
  }

  /** For connecting; the name goes along, so that nothing looks it up. */
  InetAddress toInet(String name) {
    try {
      return InetAddress.getByAddress(name, bytes.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
    }
  }

  /** As {@link #parse} reads it; IPv6 without abbreviation. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (isV4()) {
      for (int i = 0; i < V4; i++) {
        text.append(i == 0 ? "" : ".").append(bytes.byteAt(i));
      }
    } else {
      for (int i = 0; i < V6; i += 2) {
        int group = bytes.byteAt(i) << 8 | bytes.byteAt(i + 1);
        text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
      }
    }
    return text.toString();
  }
}
