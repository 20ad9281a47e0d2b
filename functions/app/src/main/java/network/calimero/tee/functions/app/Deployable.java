package network.calimero.tee.functions.app;

import java.util.List;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;

/** One function: what it can be told, and how it is made of that. */
public interface Deployable {

  /** Short: {@code verify}. */
  String name();

  /** What it reads of its environment. */
  List<Setting<?>> settings();

  /** Makes it; called once for each process. */
  Service service(Settings settings, Host host);
}
