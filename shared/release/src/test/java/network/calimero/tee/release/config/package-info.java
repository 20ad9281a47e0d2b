/** Tests of merod's configuration. */
@NullMarked
package network.calimero.tee.release.config;

import org.jspecify.annotations.NullMarked;
