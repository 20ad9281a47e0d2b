/** Logs of one JSON object per line. */
@NullMarked
package network.calimero.tee.kms.server.log;

import org.jspecify.annotations.NullMarked;
