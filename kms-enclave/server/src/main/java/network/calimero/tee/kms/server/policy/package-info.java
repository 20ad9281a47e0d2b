/** Loads the policy of a release over HTTP, and tries again until there is one. */
@NullMarked
package network.calimero.tee.kms.server.policy;

import org.jspecify.annotations.NullMarked;
