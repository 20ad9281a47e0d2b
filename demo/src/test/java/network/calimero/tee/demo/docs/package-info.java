/** Tests of the documents. */
@NullMarked
package network.calimero.tee.demo.docs;

import org.jspecify.annotations.NullMarked;
