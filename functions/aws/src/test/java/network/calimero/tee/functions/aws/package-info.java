@NullMarked
package network.calimero.tee.functions.aws;

import org.jspecify.annotations.NullMarked;
