/**
 * Every setting of the key server: where it may come from, what it means, checked once at start.
 */
@NullMarked
package network.calimero.tee.kms.config;

import org.jspecify.annotations.NullMarked;
