package network.calimero.tee.kms.policy;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * The policy of a release: not ready until a document passes every check, ready with it ever after.
 * Fetches nothing itself: a loader offers what it found. Safe for use by several threads.
 */
public final class ReleasedPolicy implements CurrentPolicy {
  private static final String NO_VERSION =
      "this KMS has no policy, so it releases no key. Its operator sets MERO_KMS_VERSION to the"
          + " release whose nodes it serves, such as 2.3.71, or USE_ENV_POLICY=true together with"
          + " ALLOWED_MRTD and ALLOWED_RTMR0 to ALLOWED_RTMR3, and restarts it";

  private final RequiredRelease required;
  private final PolicySignature signature;
  private volatile PolicyState state;

  /** Begins without a policy. */
  public ReleasedPolicy(RequiredRelease required, PolicySignature signature) {
    this.required = required;
    this.signature = signature;
    this.state = new PolicyState.NotReady(firstReason());
  }

  private String firstReason() {
    return required
        .version()
        .map(version ->
            "the policy of release " + version + " is being loaded; ask again in a moment")
        .orElse(NO_VERSION);
  }

  /** The release whose policy is to be loaded; empty if none is named. */
  public Optional<ReleaseVersion> wanted() {
    return required.version();
  }

  @Override
  public PolicyState current() {
    return state;
  }

  /**
   * A document was found. Judged in this order: signature, pin, form, release and profile, lists.
   *
   * @param asset the file that it is
   * @param files what the release has beside it
   * @return the state from now on; once ready, it stays
   * @throws PolicyRefusedException if it does not pass, which changes nothing
   * @throws IllegalStateException if no release is wanted
   */
  public PolicyState offer(PolicyAsset asset, Bytes document, SignatureFiles files)
      throws PolicyRefusedException {
    ReleaseVersion version = wanted().orElseThrow(IllegalStateException::new);
    try {
      return become(judge(version, asset, document, files));
    } catch (PolicyDocumentException e) {
      throw new PolicyRefusedException(e.reason());
    }
  }

  /**
   * No usable document was found, this time.
   *
   * @param details what was tried and what came of it, on one line; shown to whoever asks
   * @return the state from now on
   * @throws IllegalStateException if no release is wanted
   */
  public PolicyState failed(String details) {
    ReleaseVersion version = wanted().orElseThrow(IllegalStateException::new);
    return become(
        new PolicyState.NotReady(
            "the policy of release %s could not be loaded, and this KMS keeps trying: %s"
                .formatted(version, details)));
  }

  private synchronized PolicyState become(PolicyState next) {
    if (state instanceof PolicyState.NotReady) {
      state = next;
    }
    return state;
  }

  private PolicyState.Ready judge(
      ReleaseVersion version, PolicyAsset asset, Bytes document, SignatureFiles files)
      throws PolicyRefusedException, PolicyDocumentException {
    Optional<PolicySignature.Verdict.Verified> signer = signer(document, files);
    String digest = Sha256.of(document).hex();
    requirePinned(digest);
    AppraisalPolicy nodes =
        PolicyDocument.parse(document).forRelease(version, required.profile(), asset).forNodes();
    return new PolicyState.Ready(
        nodes,
        Optional.empty(),
        "release %s, %s".formatted(version, signer.isPresent() ? "signed" : "NOT signed"),
        digest,
        Optional.of(new PolicyState.Release(version, asset.name(), signer)));
  }

  /** Empty only where a policy may do without. A signature that is there must be right anywhere. */
  private Optional<PolicySignature.Verdict.Verified> signer(Bytes document, SignatureFiles files)
      throws PolicyRefusedException {
    return switch (signature.verify(document, files)) {
      case PolicySignature.Verdict.Verified verified -> Optional.of(verified);
      case PolicySignature.Verdict.Refused(String reason) ->
          throw new PolicyRefusedException("its signature is refused: " + reason);
      case PolicySignature.Verdict.Unsigned() -> {
        if (required.signatureRequired()) {
          throw new PolicyRefusedException(
              "it is not signed (the release has neither %s nor %s of it), and this image takes no"
                      .formatted(SignatureFiles.SIG, SignatureFiles.BUNDLE)
                  + " policy without a signature");
        }
        yield Optional.empty();
      }
    };
  }

  private void requirePinned(String digest) throws PolicyRefusedException {
    if (required.pin().isPresent() && !required.pin().get().hex().equals(digest)) {
      throw new PolicyRefusedException(
          "its SHA-256 is %s, and MERO_KMS_POLICY_SHA256 pins %s"
              .formatted(digest, required.pin().get().hex()));
    }
  }
}
