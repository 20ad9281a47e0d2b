/** Tests of what measures the key server. */
@NullMarked
package network.calimero.tee.demo.load;

import org.jspecify.annotations.NullMarked;
