package network.calimero.tee.sigstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/** The policy of a real release of the corpus, with the signature that was published with it. */
record RealPolicy(Bytes document, Bytes bundle, Bytes sig) {

  /** By whom it is signed. */
  static final ExpectedSigner SIGNER =
      new ExpectedSigner(
          "https://token.actions.githubusercontent.com",
          "https://github.com/calimero-network/mero-tee/.github/workflows/"
              + "release-kms-phala.yaml@refs/heads/master",
          Optional.of("push"),
          "Release mero-kms",
          "calimero-network/mero-tee",
          Optional.of("1171521817"),
          "refs/heads/master");

  private static final String NAME = "kms-phala-attestation-policy.locked-read-only.json";

  /** Reads it; without the corpus, the test that asks is skipped. */
  static RealPolicy assumed() throws IOException {
    Path folder = Path.of(System.getProperty("mero.corpus", ""), "mero-tee", "signed-policy");
    boolean there = Files.isRegularFile(folder.resolve(NAME));
    if (!there) {
      System.out.println("skipped: no real signed policy at " + folder);
    }
    assumeTrue(there, "no real signed policy at " + folder);
    return new RealPolicy(
        read(folder, NAME), read(folder, NAME + ".bundle.json"), read(folder, NAME + ".sig"));
  }

  private static Bytes read(Path folder, String name) throws IOException {
    return Bytes.of(Files.readAllBytes(folder.resolve(name)));
  }
}
