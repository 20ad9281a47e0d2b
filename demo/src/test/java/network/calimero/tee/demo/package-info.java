/** End-to-end tests: processes, sockets and artefacts as they are shipped. */
@NullMarked
package network.calimero.tee.demo;

import org.jspecify.annotations.NullMarked;
