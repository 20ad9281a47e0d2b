/** The kernel's configfs-tsm as a file system of its own: its quotes are a simulated machine's. */
@NullMarked
package network.calimero.tee.simulator.tsm;

import org.jspecify.annotations.NullMarked;
