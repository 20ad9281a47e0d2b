/**
 * What a release consists of: its two families, the names of their files, and how large those may
 * be.
 */
@NullMarked
package network.calimero.tee.release.asset;

import org.jspecify.annotations.NullMarked;
