/** The functions on Google Cloud: requests of the Functions Framework into calls, and back. */
@NullMarked
package network.calimero.tee.functions.gcp;

import org.jspecify.annotations.NullMarked;
