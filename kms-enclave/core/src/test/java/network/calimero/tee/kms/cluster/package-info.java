/** Tests of replicas without HTTP. */
@NullMarked
package network.calimero.tee.kms.cluster;

import org.jspecify.annotations.NullMarked;
