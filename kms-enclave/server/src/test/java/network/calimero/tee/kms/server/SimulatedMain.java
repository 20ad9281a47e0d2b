package network.calimero.tee.kms.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.guest.RuntimeMeasurements.Places;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.sigstore.TrustedRoot;

/**
 * The program with another root, for tests; after the root's file, the folder of the TDX guest
 * driver and the log of run-time events may be named.
 */
final class SimulatedMain {
  private SimulatedMain() {}

  public static void main(String[] args) throws IOException {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Files.readAllBytes(Path.of(args[0]))));
    Places rtmr3 =
        args.length == 1 ? Places.DEFAULT : new Places(Path.of(args[1]), Path.of(args[2]));
    KmsProcess.start(
        System.getenv(),
        Image.Files.DEFAULT,
        rtmr3,
        new Trust(() -> anchor, TrustedRoot::publicGood));
  }
}
