/** Judging policies of releases. */
@NullMarked
package network.calimero.tee.kms.policy;

import org.jspecify.annotations.NullMarked;
