/** A Redis or Valkey server, or a cluster of them, as the shared memory of used challenges. */
@NullMarked
package network.calimero.tee.kms.server.redis;

import org.jspecify.annotations.NullMarked;
