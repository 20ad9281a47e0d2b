package network.calimero.tee.functions.app;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;

/** Several functions behind one base URL, with one description of their API. */
public final class Together {
  private Together() {}

  /**
   * One service that answers wherever any of those does. It is simulated if one of them is.
   *
   * @throws IllegalArgumentException if two of them answer at the same path and method
   */
  public static Service of(List<Service> services, Host host) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Service service : services) {
      service.endpoints().stream()
          .filter(endpoint -> !endpoint.path().equals(Service.OPEN_API_PATH))
          .forEach(endpoints::add);
    }
    ServiceInfo info =
        new ServiceInfo(
            "functions",
            "The functions of mero-tee",
            services.getFirst().info().version(),
            services.stream().anyMatch(service -> service.info().simulated()));
    return new Service(info, endpoints, host.log(), host.ids(), host.nanoTime());
  }
}
