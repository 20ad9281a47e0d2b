/** Tests of reviewing policies. */
@NullMarked
package network.calimero.tee.release.policy;

import org.jspecify.annotations.NullMarked;
