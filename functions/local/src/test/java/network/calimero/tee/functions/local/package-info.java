@NullMarked
package network.calimero.tee.functions.local;

import org.jspecify.annotations.NullMarked;
