/** The policy that keys are released under, or why there is none yet. */
@NullMarked
package network.calimero.tee.kms.policy;

import org.jspecify.annotations.NullMarked;
