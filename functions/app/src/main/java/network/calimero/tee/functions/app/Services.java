package network.calimero.tee.functions.app;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.ServiceInfo;
import network.calimero.tee.functions.api.Setting;

/** What all three functions are made into alike. */
final class Services {
  private Services() {}

  static Service of(
      String name, String title, boolean simulated, List<Endpoint> endpoints, Host host) {
    return new Service(
        new ServiceInfo(name, title, version(), simulated),
        endpoints,
        host.log(),
        host.ids(),
        host.nanoTime());
  }

  /** Of the jar that this is in. */
  private static String version() {
    String version = Services.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static List<Setting<?>> settings(List<Setting<?>> own) {
    List<Setting<?>> all = new ArrayList<>(own);
    all.addAll(SourceSettings.all());
    return List.copyOf(all);
  }
}
