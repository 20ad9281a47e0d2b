/**
 * A certificate authority laid out as Intel's for SGX and TDX, with every field changeable before
 * signing.
 */
@NullMarked
package network.calimero.tee.simulator.pki;

import org.jspecify.annotations.NullMarked;
