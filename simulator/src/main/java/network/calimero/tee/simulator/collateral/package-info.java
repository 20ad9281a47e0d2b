/** TCB info, QE identity and their exchange form, signed as Intel signs them. */
@NullMarked
package network.calimero.tee.simulator.collateral;

import org.jspecify.annotations.NullMarked;
