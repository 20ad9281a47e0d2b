/** The key-releasing process: its parts put together, on a real platform, as a program. */
@NullMarked
package network.calimero.tee.kms.server;

import org.jspecify.annotations.NullMarked;
