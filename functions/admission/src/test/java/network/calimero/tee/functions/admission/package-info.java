@NullMarked
package network.calimero.tee.functions.admission;

import org.jspecify.annotations.NullMarked;
