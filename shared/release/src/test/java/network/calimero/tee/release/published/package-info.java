@NullMarked
package network.calimero.tee.release.published;

import org.jspecify.annotations.NullMarked;
