/** What nodes and the control plane agree on when a node registers (fleet.md). */
@NullMarked
package network.calimero.tee.fleet;

import org.jspecify.annotations.NullMarked;
