/** A pretend Intel platform with every knob a test needs; nothing here is signed by Intel. */
@NullMarked
package network.calimero.tee.simulator;

import org.jspecify.annotations.NullMarked;
