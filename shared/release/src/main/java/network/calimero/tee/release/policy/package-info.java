/**
 * Policies reviewed by people: their weaknesses, their meaning in words, their differences, and
 * candidates for new ones.
 */
@NullMarked
package network.calimero.tee.release.policy;

import org.jspecify.annotations.NullMarked;
