/**
 * A signing service in Sigstore's place, with a trust root of its own and every part adjustable.
 */
@NullMarked
package network.calimero.tee.simulator.sigstore;

import org.jspecify.annotations.NullMarked;
