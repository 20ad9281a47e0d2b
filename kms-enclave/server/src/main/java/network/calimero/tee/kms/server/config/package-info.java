/** What the environment says, checked once at start (kms-config.md). */
@NullMarked
package network.calimero.tee.kms.server.config;

import org.jspecify.annotations.NullMarked;
