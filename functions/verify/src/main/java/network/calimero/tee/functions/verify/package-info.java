/** The public verifier: evidence in, every check in order and one verdict out. */
@NullMarked
package network.calimero.tee.functions.verify;

import org.jspecify.annotations.NullMarked;
