package network.calimero.tee.bundles;

import java.security.cert.X509Certificate;
import java.time.Instant;
import network.calimero.tee.bytes.Bytes;

/**
 * A bundle of which everything is proven but that the right one signed it.
 *
 * @param signature as sent
 * @param certificate the signer's
 * @param signedAt when the log promised to take it in, else when a timestamp authority saw it
 * @param logIndex as far as it is vouched for: the log's own where it made a promise, else that of
 *     the proof
 * @param statement whether a statement that names the file is signed, not the file
 */
record ProvenBundle(
    Bytes signature,
    X509Certificate certificate,
    Instant signedAt,
    long logIndex,
    boolean statement) {}
