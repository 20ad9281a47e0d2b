package network.calimero.tee.functions.outbound;

/** What an address is for, as far as it matters to whoever connects to it. */
public enum AddressKind {
  /** A host on the public internet. */
  PUBLIC(false),
  /** This machine. */
  LOOPBACK(true),
  /** A private network: RFC 1918, unique-local, and what carriers share (100.64/10). */
  PRIVATE(true),
  /** One link; on clouds the place of credentials. */
  LINK_LOCAL(false),
  /** A cloud's own service that hands out credentials, wherever it has put it. */
  METADATA(false),
  /** Many hosts at once. */
  MULTICAST(false),
  /** An IPv4 address inside an IPv6 address, which somebody on the way unpacks. */
  TRANSLATED(false),
  /** Nothing that a host on the internet could have: reserved, for documentation, for tests. */
  RESERVED(false);

  private final boolean listable;

  AddressKind(boolean listable) {
    this.listable = listable;
  }

  /** Whether an operator can allow it by listing it; what is neither this nor public never is. */
  public boolean isListable() {
    return listable;
  }
}
