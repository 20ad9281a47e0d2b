/** The protocol over HTTP (kms-protocol.md), and what keeps strangers from abusing it. */
@NullMarked
package network.calimero.tee.kms.server.http;

import org.jspecify.annotations.NullMarked;
