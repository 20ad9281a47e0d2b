package network.calimero.tee.kms.policy;

import java.util.List;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.CosignBundle;
import network.calimero.tee.sigstore.ExpectedSigner;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.Signer;
import network.calimero.tee.sigstore.TrustedRoot;

/** Signatures of the workflows that release key servers, with their cosign bundles. */
public final class WorkflowSignature implements PolicySignature {
  private final Supplier<TrustedRoot> root;
  private final List<ExpectedSigner> signers;

  /**
   * Believes one root, and some signers under it.
   *
   * @param root asked for when something is to be verified
   * @param signers at least one
   */
  public WorkflowSignature(Supplier<TrustedRoot> root, List<ExpectedSigner> signers) {
    if (signers.isEmpty()) {
      throw new IllegalArgumentException("nobody is to be believed");
    }
    this.root = root;
    this.signers = List.copyOf(signers);
  }

  @Override
  public Verdict verify(Bytes document, SignatureFiles files) {
    if (files.equals(SignatureFiles.NONE)) {
      return new Verdict.Unsigned();
    }
    if (files.sig().isEmpty() || files.bundle().isEmpty()) {
      return new Verdict.Refused(
          "the release has no %s of it, but a %s: a signature needs both"
              .formatted(
                  files.sig().isEmpty() ? SignatureFiles.SIG : SignatureFiles.BUNDLE,
                  files.sig().isEmpty() ? SignatureFiles.BUNDLE : SignatureFiles.SIG));
    }
    return verify(document, files.sig().get(), files.bundle().get());
  }

  private Verdict verify(Bytes document, Bytes sig, Bytes bundle) {
    try {
      CosignBundle parsed = CosignBundle.parse(bundle);
      parsed.requireSame(sig);
      Signer signer = verify(document, parsed);
      return new Verdict.Verified(signer.identity(), signer.logIndex(), signer.integratedTime());
    } catch (SignatureRefusedException e) {
      return new Verdict.Refused("%s (%s)".formatted(e.getMessage(), e.code().text()));
    }
  }

  /** By the first signer that it is of; else refused as the last one refuses it. */
  private Signer verify(Bytes document, CosignBundle bundle) throws SignatureRefusedException {
    SignatureVerifier verifier = new SignatureVerifier(root.get());
    for (ExpectedSigner signer : signers.subList(0, signers.size() - 1)) {
      try {
        return verifier.verify(document, bundle, signer);
      } catch (SignatureRefusedException e) {
        if (e.signedBy().isEmpty()) {
          throw e; // it is not about the signer
        }
      }
    }
    return verifier.verify(document, bundle, signers.getLast());
  }
}
