/**
 * Verifies signatures that Sigstore's public infrastructure vouches for, in the older form that
 * nodes and KMS read (policy-and-releases.md, "Signatures"): from bytes and a trust root, without
 * network, clock or files.
 */
@NullMarked
package network.calimero.tee.sigstore;

import org.jspecify.annotations.NullMarked;
