/** Intel Trust Authority: its verdict asked for, its tokens verified, its key spent with care. */
@NullMarked
package network.calimero.tee.functions.verify.ita;

import org.jspecify.annotations.NullMarked;
