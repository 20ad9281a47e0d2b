/** What was published, verified before anybody judges by it, and kept for a while. */
@NullMarked
package network.calimero.tee.release.published;

import org.jspecify.annotations.NullMarked;
