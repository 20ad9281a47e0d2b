/** Tests of the public verifier, over real sockets. */
@NullMarked
package network.calimero.tee.functions.verify;

import org.jspecify.annotations.NullMarked;
