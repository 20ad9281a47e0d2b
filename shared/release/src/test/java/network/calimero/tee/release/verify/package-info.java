@NullMarked
package network.calimero.tee.release.verify;

import org.jspecify.annotations.NullMarked;
