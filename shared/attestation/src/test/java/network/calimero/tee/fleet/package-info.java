@NullMarked
package network.calimero.tee.fleet;

import org.jspecify.annotations.NullMarked;
