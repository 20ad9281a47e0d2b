package network.calimero.tee.kms.server;

import java.io.IOException;
import network.calimero.tee.simulator.SimulatedPlatform;

/** A site with further platforms that nodes should not be on. */
record RefusalSite(
    Site site, SimulatedPlatform outdated, SimulatedPlatform unknown, SimulatedPlatform foreign) {

  static RefusalSite open() throws IOException {
    Site site = Site.open();
    SimulatedPlatform outdated =
        SimulatedPlatform.builder(Site.NOW)
            .pki(site.pki)
            .fmspc("60A06D5EED00")
            .platformStatus("OutOfDate", "INTEL-SA-00615")
            .build();
    SimulatedPlatform unknown =
        SimulatedPlatform.builder(Site.NOW).pki(site.pki).fmspc("70A06D5EED00").build();
    site.pcs.serve(outdated.collateral()).serve(site.platform.collateral());
    return new RefusalSite(site, outdated, unknown, SimulatedPlatform.at(Site.NOW));
  }
}
