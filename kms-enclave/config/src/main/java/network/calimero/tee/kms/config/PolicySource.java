package network.calimero.tee.kms.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.sigstore.ExpectedSigner;

/** Where the policy is from that keys are released under. */
public sealed interface PolicySource {

  /** The settings themselves are the policy ({@code USE_ENV_POLICY}). */
  record Fixed(PolicyState.Ready policy) implements PolicySource {}

  /**
   * A release has it.
   *
   * @param version which; empty: nobody said, so there is none and no key is released
   * @param releases base URL: files are at {@code {releases}/download/mero-kms-v{version}/{file}}
   * @param sha256 what the policy's bytes must hash to, beside their signature; empty: not pinned
   */
  record Release(
      Optional<ReleaseVersion> version, URI releases, Optional<Bytes> sha256, Signers signers)
      implements PolicySource {}

  /**
   * Whose signature of a release's policy counts.
   *
   * @param identities of the signing certificate, each whole; at least one
   * @param issuer who vouched for the identity
   * @param trustedRoot file with Sigstore's roots; empty: those that the program was built with
   */
  record Signers(List<String> identities, String issuer, Optional<Path> trustedRoot) {
    /** Keeps a copy. */
    public Signers {
      identities = List.copyOf(identities);
    }

    /** By whom it may be signed, one for each identity. */
    public List<ExpectedSigner> expected() {
      return identities.stream().map(identity -> ReleaseSigners.kms(identity, issuer)).toList();
    }
  }

  /**
   * Measurements and TCB statuses are not judged: for debugging ({@code
   * ENFORCE_MEASUREMENT_POLICY=false}).
   *
   * @param policy affirms every genuine trust domain, for keys of profile debug
   */
  record Unenforced(PolicyState.Ready policy) implements PolicySource {}
}
