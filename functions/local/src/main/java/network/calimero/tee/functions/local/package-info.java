/** The functions on a laptop: one HTTP server in front of all of them. */
@NullMarked
package network.calimero.tee.functions.local;

import org.jspecify.annotations.NullMarked;
