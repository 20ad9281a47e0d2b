package network.calimero.tee.kms.server;

import network.calimero.tee.kms.config.Image;
import network.calimero.tee.sigstore.TrustedRoot;

/** The program where something that it needs cannot be loaded. */
final class BrokenMain {
  private BrokenMain() {}

  public static void main(String[] args) {
    KmsProcess.start(
        System.getenv(),
        Image.Files.DEFAULT,
        new Trust(
            () -> {
              throw new NoClassDefFoundError("not/in/Lib");
            },
            TrustedRoot::publicGood));
  }
}
