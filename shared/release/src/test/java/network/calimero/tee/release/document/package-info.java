@NullMarked
package network.calimero.tee.release.document;

import org.jspecify.annotations.NullMarked;
