package network.calimero.tee.kms.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.config.Image;

/** The program with another root, for tests. */
final class SimulatedMain {
  private SimulatedMain() {}

  public static void main(String[] args) throws IOException {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(Files.readAllBytes(Path.of(args[0]))));
    KmsProcess.start(System.getenv(), Image.Files.DEFAULT, () -> anchor);
  }
}
