/** Tests of the HTTP server's parts. */
@NullMarked
package network.calimero.tee.kms.server.http;

import org.jspecify.annotations.NullMarked;
