/** The configuration of merod that a release's policy stands for, and putting it in place. */
@NullMarked
package network.calimero.tee.release.config;

import org.jspecify.annotations.NullMarked;
