package network.calimero.tee.functions.outbound;

import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a name. */
@FunctionalInterface
public interface Resolver {

  /**
   * All of them.
   *
   * @throws UnknownHostException if there are none
   */
  List<IpAddress> resolve(String name) throws UnknownHostException;
}
