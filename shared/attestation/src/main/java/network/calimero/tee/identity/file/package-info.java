/** Where a node keeps its identity on disk: an adapter around the identities. */
@NullMarked
package network.calimero.tee.identity.file;

import org.jspecify.annotations.NullMarked;
