/** What the environment may say and may not. */
@NullMarked
package network.calimero.tee.kms.config;

import org.jspecify.annotations.NullMarked;
