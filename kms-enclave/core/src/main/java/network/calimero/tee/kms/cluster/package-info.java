/** Replicas in plain TDX VMs that share one root of all keys (kms-protocol.md, TDX cluster). */
@NullMarked
package network.calimero.tee.kms.cluster;

import org.jspecify.annotations.NullMarked;
