/** Today's Sigstore bundles, verified by sigstore-java; and Sigstore's trusted root, by TUF. */
@NullMarked
package network.calimero.tee.bundles;

import org.jspecify.annotations.NullMarked;
