/** Which nodes get in (fleet.md, "Admission function"): judged by what they prove of themselves. */
@NullMarked
package network.calimero.tee.functions.admission;

import org.jspecify.annotations.NullMarked;
