/** The shared memory of used challenges, on real servers. */
@NullMarked
package network.calimero.tee.kms.server.redis;

import org.jspecify.annotations.NullMarked;
