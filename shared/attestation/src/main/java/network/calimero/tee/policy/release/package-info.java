/** Policy documents of releases: their versions, their file names, and how they are read. */
@NullMarked
package network.calimero.tee.policy.release;

import org.jspecify.annotations.NullMarked;
