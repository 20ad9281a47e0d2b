@NullMarked
package network.calimero.tee.functions.policy;

import org.jspecify.annotations.NullMarked;
