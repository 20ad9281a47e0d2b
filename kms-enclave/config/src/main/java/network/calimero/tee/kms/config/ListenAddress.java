package network.calimero.tee.kms.config;

/**
 * Where to listen.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 0 lets the system choose
 */
public record ListenAddress(String host, int port) {
  static final int MAX_PORT = 65_535;

  /**
   * Reads {@code host:port}, IPv6 in brackets.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ListenAddress parse(String text) {
    String stripped = text.strip();
    if (stripped.contains("://")) {
      throw new IllegalArgumentException("is a URL; leave out what is before host:port");
    }
    int colon = stripped.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("has no port: it is not host:port");
    }
    if (colon == 0) {
      throw new IllegalArgumentException(
          "has no host before its port; 0.0.0.0 stands for all addresses of this machine");
    }
    return new ListenAddress(host(stripped.substring(0, colon)), port(stripped, colon));
  }

  private static String host(String text) {
    boolean brackets = text.startsWith("[") && text.endsWith("]");
    String host = brackets ? text.substring(1, text.length() - 1) : text;
    if (host.contains(":") != brackets) {
      throw new IllegalArgumentException("has an IPv6 address, which is written in brackets");
    }
    if (!host.chars().allMatch(ListenAddress::isHostCharacter) || host.isEmpty()) {
      throw new IllegalArgumentException("has no name or address of a host before the port");
    }
    return host;
  }

  private static boolean isHostCharacter(int c) {
    return c < 0x7f && (Character.isLetterOrDigit(c) || ".-:_%".indexOf(c) >= 0);
  }

  private static int port(String text, int colon) {
    String digits = text.substring(colon + 1);
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
      throw new IllegalArgumentException("has no port from 0 to 65535 after the colon");
    }
    return Integer.parseInt(digits);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
