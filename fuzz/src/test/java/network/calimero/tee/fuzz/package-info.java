/** What the fuzzer feeds, how readers of untrusted bytes must end, and the inputs that are kept. */
@NullMarked
package network.calimero.tee.fuzz;

import org.jspecify.annotations.NullMarked;
