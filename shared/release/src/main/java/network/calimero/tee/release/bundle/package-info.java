/** The place of a verifier for today's Sigstore bundles, which this module does without. */
@NullMarked
package network.calimero.tee.release.bundle;

import org.jspecify.annotations.NullMarked;
