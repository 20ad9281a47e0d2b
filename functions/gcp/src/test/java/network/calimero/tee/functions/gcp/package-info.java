@NullMarked
package network.calimero.tee.functions.gcp;

import org.jspecify.annotations.NullMarked;
