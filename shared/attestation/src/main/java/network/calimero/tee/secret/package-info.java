/** Secrets in memory: opened in one place, compared in constant time, wiped when done. */
@NullMarked
package network.calimero.tee.secret;

import org.jspecify.annotations.NullMarked;
