/** Today's bundles, against Sigstore's own cases and a TUF repository over HTTP. */
@NullMarked
package network.calimero.tee.bundles;

import org.jspecify.annotations.NullMarked;
