/**
 * Whether a release is genuine and its parts agree (policy-and-releases.md, "What verifying a
 * release means").
 */
@NullMarked
package network.calimero.tee.release.verify;

import org.jspecify.annotations.NullMarked;
