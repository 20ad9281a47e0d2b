package network.calimero.tee.release.verify;

import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.release.asset.AssetKind;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.bundle.BundleVerifier;
import network.calimero.tee.release.source.LogLookup;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.LoggedSignature;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;

/**
 * How signatures of files are verified, whatever their form. For several threads.
 *
 * @param verifier of cosign's older bundles and of looked-up entries
 * @param bundles of today's bundles
 * @param log asked about files without a bundle
 */
public record Signatures(SignatureVerifier verifier, BundleVerifier bundles, LogLookup log) {

  /** Who signed a file, if it was who is expected. */
  Signer verify(SignedAsset signed, ReleaseSigners signers, KmsAssets names)
      throws SignatureRefusedException, SourceException, RefusedException {
    String asset = signed.asset().name();
    DetachedSignature detached =
        DetachedSignature.parse(
            signed.signature().orElse(Bytes.EMPTY), signed.certificate().orElse(Bytes.EMPTY));
    ExpectedSigner expected =
        signers
            .of(signed.asset().family(), names, detached.certificate())
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.of(
                        ReleaseCode.IDENTITY_NOT_MATCHED,
                        asset,
                        "the identity in the certificate does not match the expression")));
    if (signed.bundle().isEmpty()) {
      return verifier.verify(signed.digest(), logged(signed, detached), expected);
    }
    Bytes bundle = signed.bundle().get();
    return isTodays(bundle)
        ? bundles.verify(signed.digest(), bundle, expected)
        : older(signed, detached, expected, CosignBundle.parse(bundle));
  }

  private Signer older(
      SignedAsset signed, DetachedSignature detached, ExpectedSigner expected, CosignBundle bundle)
      throws SignatureRefusedException, RefusedException {
    if (!bundle.signature().equals(detached.signature())) {
      bundle.requireSame(signed.signature().orElse(Bytes.EMPTY));
    }
    Signer signer = verifier.verify(signed.digest(), bundle, expected);
    if (!bundle.certificate().equals(detached.certificate())) {
      throw new RefusedException(
          Refusal.of(
              ReleaseCode.CERTIFICATE_FILE_DIFFERS,
              signed.asset().name(),
              "the .pem file and the bundle hold different certificates"));
    }
    return signer;
  }

  private LoggedSignature logged(SignedAsset signed, DetachedSignature detached)
      throws SourceException, RefusedException {
    List<LogEntry> entries = log.entries(signed.digest());
    return detached
        .among(entries)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    ReleaseCode.LOG_ENTRY_MISSING,
                    signed.asset().name(),
                    "there is no bundle, and the log has no entry of this signature",
                    entries.size() + " entries about this file",
                    "one with the signature and certificate beside it")));
  }

  /** Only today's bundles say what they are. */
  private static boolean isTodays(Bytes bundle) {
    try {
      return JsonFields.parse(bundle, Math.toIntExact(AssetKind.SIGNATURE.maxSize()))
          .has("mediaType");
    } catch (MalformedException e) {
      return false; // refused by the reader of the older form, which says why
    }
  }
}
