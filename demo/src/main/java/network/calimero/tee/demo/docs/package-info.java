/** Documents that are written from the code, so that they say what it does. */
@NullMarked
package network.calimero.tee.demo.docs;

import org.jspecify.annotations.NullMarked;
