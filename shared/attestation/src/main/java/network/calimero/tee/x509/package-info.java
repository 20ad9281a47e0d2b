/** X.509 certificates taken apart strictly (RFC 5280); what they mean is for their users to say. */
@NullMarked
package network.calimero.tee.x509;

import org.jspecify.annotations.NullMarked;
