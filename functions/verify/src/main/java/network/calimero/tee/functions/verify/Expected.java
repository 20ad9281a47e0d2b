package network.calimero.tee.functions.verify;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.verify.VerifiedAsset;

/**
 * What a release accepts in one profile.
 *
 * @param policy with role and profile
 * @param composeHashes of which one must have been measured; empty: it names none
 * @param documents that say so, each of proven origin
 */
record Expected(
    ReleaseVersion version,
    AppraisalPolicy.Enforced policy,
    Set<Bytes> composeHashes,
    List<VerifiedAsset> documents) {
  Expected {
    composeHashes = Set.copyOf(composeHashes);
    documents = List.copyOf(documents);
  }
}
