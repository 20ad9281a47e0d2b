package network.calimero.tee.kms.server;

import java.io.IOException;
import java.security.SecureRandom;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.simulator.SimulatedPlatform;

/** A site with further platforms that nodes should not be on, and a key server with switches. */
record RefusalSite(
    Site site,
    SwitchedKms switched,
    SimulatedPlatform outdated,
    SimulatedPlatform unknown,
    SimulatedPlatform foreign,
    X25519KeyPair oneTime)
    implements AutoCloseable {

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
    return new RefusalSite(
        site,
        new SwitchedKms(site),
        outdated,
        unknown,
        SimulatedPlatform.at(Site.NOW),
        X25519KeyPair.generate(new SecureRandom()));
  }

  @Override
  public void close() throws IOException {
    switched.close();
    site.close();
  }
}
