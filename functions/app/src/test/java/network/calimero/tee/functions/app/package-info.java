@NullMarked
package network.calimero.tee.functions.app;

import org.jspecify.annotations.NullMarked;
