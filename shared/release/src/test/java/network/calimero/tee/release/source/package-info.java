@NullMarked
package network.calimero.tee.release.source;

import org.jspecify.annotations.NullMarked;
