/** Tests of what a replica is made of. */
@NullMarked
package network.calimero.tee.kms.server.cluster;

import org.jspecify.annotations.NullMarked;
