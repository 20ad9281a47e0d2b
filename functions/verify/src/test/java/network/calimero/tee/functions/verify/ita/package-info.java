/** Tests of what is believed of an authority. */
@NullMarked
package network.calimero.tee.functions.verify.ita;

import org.jspecify.annotations.NullMarked;
