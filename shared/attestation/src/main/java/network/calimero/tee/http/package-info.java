/** GET over HTTP, bounded in time and size: for documents whose server is not trusted. */
@NullMarked
package network.calimero.tee.http;

import org.jspecify.annotations.NullMarked;
