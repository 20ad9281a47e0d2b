/** Where releases come from: a server and its mirrors, a cache, or a folder. */
@NullMarked
package network.calimero.tee.release.source;

import org.jspecify.annotations.NullMarked;
