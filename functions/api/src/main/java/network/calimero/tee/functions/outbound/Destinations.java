package network.calimero.tee.functions.outbound;

import static network.calimero.tee.functions.outbound.OutboundFault.ADDRESS_NOT_PUBLIC;
import static network.calimero.tee.functions.outbound.OutboundFault.HOST_NOT_ALLOWED;
import static network.calimero.tee.functions.outbound.OutboundFault.HOST_UNKNOWN;
import static network.calimero.tee.functions.outbound.OutboundFault.PEER_TIMED_OUT;
import static network.calimero.tee.functions.outbound.OutboundFault.PORT_NOT_ALLOWED;
import static network.calimero.tee.functions.outbound.OutboundFault.SCHEME_NOT_ALLOWED;

import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decides where a request may go, in this order: the host is listed, for that port; every address
 * that it has may be connected to; the scheme will do. Gives the very addresses that were checked:
 * nobody asks for them again.
 */
final class Destinations {
  private static final int MAX_ADDRESSES = 16;

  private final Resolver resolver;
  private final ExecutorService lookups;

  /** Looks names up on threads of that executor: a lookup may take longer than there is time. */
  Destinations(Resolver resolver, ExecutorService lookups) {
    this.resolver = resolver;
    this.lookups = lookups;
  }

  /**
   * Addresses to connect to, at least one, in order.
   *
   * @throws OutboundException if there may be no request
   */
  List<IpAddress> check(OutboundUrl url, OutboundPolicy policy, long nanosLeft)
      throws OutboundException {
    List<IpAddress> addresses =
        url.address().isPresent()
            ? literal(url.address().get(), url.port(), policy)
            : named(url.host(), url.port(), policy, nanosLeft);
    boolean allPrivate = addresses.stream().noneMatch(a -> a.kind() == AddressKind.PUBLIC);
    if (!url.secure() && !policy.httpAnywhere() && !allPrivate) {
      throw new OutboundException(SCHEME_NOT_ALLOWED, "the host may be called by https only");
    }
    return addresses;
  }

  private static List<IpAddress> literal(IpAddress address, int port, OutboundPolicy policy)
      throws OutboundException {
    if (!policy.hosts().lists(address)) {
      throw address.kind() == AddressKind.PUBLIC ? unlisted() : notPublic();
    }
    if (!policy.hosts().lists(address, port, policy.usualPorts())) {
      throw wrongPort(port);
    }
    return List.of(address);
  }

  private List<IpAddress> named(String name, int port, OutboundPolicy policy, long nanosLeft)
      throws OutboundException {
    if (!policy.hosts().lists(name)) {
      throw unlisted();
    }
    if (!policy.hosts().lists(name, port, policy.usualPorts())) {
      throw wrongPort(port);
    }
    List<IpAddress> addresses = lookUp(name, nanosLeft);
    for (IpAddress address : addresses) {
      if (!policy.hosts().mayStandFor(name, address, port, policy.usualPorts())) {
        throw notPublic();
      }
    }
    return addresses;
  }

  private List<IpAddress> lookUp(String name, long nanosLeft) throws OutboundException {
    Future<List<IpAddress>> lookup = lookups.submit(() -> resolver.resolve(name));
    try {
      List<IpAddress> addresses = lookup.get(nanosLeft, TimeUnit.NANOSECONDS);
      if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
        throw new OutboundException(
            HOST_UNKNOWN, "the host's name has no address, or more than " + MAX_ADDRESSES);
      }
      return List.copyOf(addresses);
    } catch (TimeoutException e) {
      throw new OutboundException(PEER_TIMED_OUT, "the host's name was not resolved in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutboundException(PEER_TIMED_OUT, "interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw new OutboundException(HOST_UNKNOWN, "the host's name is not known", e.getCause());
      }
      throw new IllegalStateException("a resolver finds addresses or none", e.getCause());
    } finally {
      lookup.cancel(true);
    }
  }

  private static OutboundException unlisted() {
    return new OutboundException(HOST_NOT_ALLOWED, "the host is not among those that are listed");
  }

  /** Does not say which address: whoever asks may not know the network that this runs in. */
  private static OutboundException notPublic() {
    return new OutboundException(
        ADDRESS_NOT_PUBLIC, "the host is, or has an address that is, not on the public internet");
  }

  private static OutboundException wrongPort(int port) {
    return new OutboundException(PORT_NOT_ALLOWED, "port %d is not listed for it".formatted(port));
  }
}
