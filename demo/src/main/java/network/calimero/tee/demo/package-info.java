/** The demonstration: a simulated platform, a real KMS on it, nodes and attackers. */
@NullMarked
package network.calimero.tee.demo;

import org.jspecify.annotations.NullMarked;
