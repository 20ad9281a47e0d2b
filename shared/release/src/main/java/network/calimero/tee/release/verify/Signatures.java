package network.calimero.tee.release.verify;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.bundle.BundleVerifier;
import network.calimero.tee.release.source.LogLookup;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.LoggedSignature;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;

/**
 * How signatures of files are verified, whatever their form. For several threads.
 *
 * @param bundles of both forms
 * @param verifier of signatures whose log entry was looked up
 * @param log asked about files without a bundle
 */
public record Signatures(BundleVerifier bundles, SignatureVerifier verifier, LogLookup log) {

  /** Who signed a file, if it was who is expected. */
  Signer verify(SignedAsset signed, SignerRule rule, KmsAssets names)
      throws SignatureRefusedException, SourceException, RefusedException {
    Bytes sig = signed.signature().orElse(Bytes.EMPTY);
    DetachedSignature detached =
        DetachedSignature.parse(sig, signed.certificate().orElse(Bytes.EMPTY));
    ExpectedSigner expected = expected(signed, rule, names, detached);
    if (signed.bundle().isEmpty()) {
      return verifier.verify(signed.digest(), logged(signed, detached), expected);
    }
    Signer signer = bundles.verify(signed.digest(), signed.bundle().get(), expected);
    requireSame(signer.signature(), sig, detached, signed);
    return signer;
  }

  private static ExpectedSigner expected(
      SignedAsset signed, SignerRule rule, KmsAssets names, DetachedSignature detached)
      throws SignatureRefusedException, RefusedException {
    return rule.expected(signed.asset().family(), names, detached.certificate())
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    ReleaseCode.IDENTITY_NOT_MATCHED,
                    signed.asset().name(),
                    "the identity in the certificate does not match the expression")));
  }

  /**
   * Scripts look at .sig and .pem, nodes at .sig and the bundle: all three must be one signature.
   */
  private static void requireSame(
      DetachedSignature bundled, Bytes sig, DetachedSignature detached, SignedAsset signed)
      throws SignatureRefusedException, RefusedException {
    bundled.requireSame(sig);
    if (!bundled.certificate().equals(detached.certificate())) {
      throw new RefusedException(
          Refusal.of(
              ReleaseCode.CERTIFICATE_FILE_DIFFERS,
              signed.asset().name(),
              "the .pem file and the bundle hold different certificates"));
    }
  }

  private LoggedSignature logged(SignedAsset signed, DetachedSignature detached)
      throws SourceException, RefusedException {
    return detached
        .among(log.entries(signed.digest(), detached))
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    ReleaseCode.LOG_ENTRY_MISSING,
                    signed.asset().name(),
                    "there is no bundle, and the log has no entry of this signature",
                    "",
                    "entry " + detached.entryName(signed.digest()))));
  }
}
