package network.calimero.tee.release.bundle;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;

/**
 * Verifies who signed an artifact by one of today's Sigstore bundles ({@code
 * application/vnd.dev.sigstore.bundle…}), offline. Safe for use by several threads.
 */
public interface BundleVerifier {
  /**
   * Verifies all there is.
   *
   * @param json the bundle
   * @throws SignatureRefusedException at the first check that fails
   */
  Signer verify(ArtifactDigest artifact, Bytes json, ExpectedSigner expected)
      throws SignatureRefusedException;
}
