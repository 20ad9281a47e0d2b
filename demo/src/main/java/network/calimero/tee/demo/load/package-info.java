/** Measures the key server as a process: how fast it starts, and how it serves among strangers. */
@NullMarked
package network.calimero.tee.demo.load;

import org.jspecify.annotations.NullMarked;
