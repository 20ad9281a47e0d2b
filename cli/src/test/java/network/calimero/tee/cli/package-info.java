/** The command line, run in this process against real files, sockets and HTTP servers. */
@NullMarked
package network.calimero.tee.cli;

import org.jspecify.annotations.NullMarked;
