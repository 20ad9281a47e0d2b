/** What is logged, and how. */
@NullMarked
package network.calimero.tee.kms.server.log;

import org.jspecify.annotations.NullMarked;
