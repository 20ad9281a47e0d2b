package network.calimero.tee.functions.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.api.Setting;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.Together;
import network.calimero.tee.functions.app.Trust;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.sigstore.TrustedRoot;
import network.calimero.tee.simulator.ita.TrustAuthorityServer;

/** The three functions under simulated roots, and the contract's own, as one: one start for all. */
final class EveryFunction implements Deployable {
  private final List<Deployable> functions;

  /** As that environment says. */
  EveryFunction(Map<String, String> environment) {
    this.functions = of(environment, false);
  }

  /**
   * Each by itself.
   *
   * @param open whether admission takes callers of a local server for proven
   */
  static List<Deployable> of(Map<String, String> environment, boolean open) {
    try {
      String ita = Surroundings.authority(environment);
      Trust.Simulated trust =
          new Trust.Simulated(
              TrustAnchor.of(Surroundings.root(environment, "platform.der")),
              TrustedRoot.parse(Surroundings.root(environment, "sigstore.json")));
      Authority authority =
          Authority.simulated(
              OutboundUrl.parse(ita + TrustAuthorityServer.APPRAISAL_PATH),
              OutboundUrl.parse(ita + TrustAuthorityServer.KEYS_PATH),
              TrustAuthorityServer.ISSUER,
              Optional.empty());
      AdmissionDeployable admission = AdmissionDeployable.simulated(trust);
      return List.of(
          new ContractFunction(),
          VerifyDeployable.simulated(trust, authority),
          PolicyDeployable.simulated(trust),
          open ? admission.openForDevelopment() : admission);
    } catch (MalformedException | OutboundException e) {
      throw new IllegalStateException("the surroundings are not as they should be", e);
    }
  }

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public List<Setting<?>> settings() {
    return functions.stream()
        .<Setting<?>>flatMap(function -> function.settings().stream())
        .distinct()
        .toList();
  }

  @Override
  public Service service(Settings settings, Host host) {
    return Together.of(
        functions.stream().map(function -> function.service(settings, host)).toList(), host);
  }
}
