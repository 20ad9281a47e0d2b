package network.calimero.tee.kms.attest;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * A quote that carries the report data that were asked for.
 *
 * @param transportKey bound into the report data; empty if it was not asked for
 * @param ccel the platform's CCEL table; empty if it was not asked for, or there is none
 */
public record AttestAnswer(
    PlatformQuote platformQuote,
    ReportData reportData,
    Optional<X25519PublicKey> transportKey,
    Optional<Bytes> ccel) {}
