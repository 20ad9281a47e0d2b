/** Reads the documents of a release, strictly; says nothing of whether they are genuine. */
@NullMarked
package network.calimero.tee.release.document;

import org.jspecify.annotations.NullMarked;
