package network.calimero.tee.release.verify;

import java.net.URI;
import java.time.Duration;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;

/** Servers that misbehave. */
final class SpoiledServers extends SpoiledCases {

  SpoiledServers() {
    servers();
  }

  private void servers() {
    server("oversized document", MANIFEST, new HttpFault.Oversize(2 * 1024 * 1024));
    server("oversized, unannounced", MANIFEST, new HttpFault.OversizeUnannounced(2 * 1024 * 1024));
    server("oversized signature", MANIFEST + ".sig", new HttpFault.Oversize(200 * 1024));
    server(
        "redirect to elsewhere",
        MANIFEST,
        new HttpFault.Redirect(URI.create("http://127.0.0.1:9/elsewhere")));
    server(
        "redirect to a file", MANIFEST, new HttpFault.Redirect(URI.create("file:///etc/hostname")));
    server("server error", MANIFEST, new HttpFault.Status(503));
    server("connection that breaks", MANIFEST, new HttpFault.Truncate(10));
    put(
        "slow server",
        whole().with(MANIFEST, new HttpFault.HangInBody(10)).patience(Duration.ofMillis(500)));
    put(
        "log that answers nonsense",
        withoutNodeBundles().with("/retrieve", new HttpFault.Text("[17]")));
    put("log that is not there", withoutNodeBundles().with("/retrieve", new HttpFault.Status(404)));
  }

  private Spoiled whole() {
    return Spoiled.of(version(ReleaseGeneration.A), () -> release(ReleaseGeneration.A));
  }

  private Spoiled withoutNodeBundles() {
    return Spoiled.of(
        version(ReleaseGeneration.A), () -> release(ReleaseGeneration.A).withoutNodeBundles());
  }

  private void server(String name, String asset, HttpFault fault) {
    put(name, whole().with("/" + asset, fault));
  }
}
