package network.calimero.tee.kms.attest;

import java.util.Optional;

/**
 * What a caller sends to {@code /attest}, as text.
 *
 * @param nonceB64 32 bytes
 * @param bindingB64 32 bytes that the quote is bound to, instead of the protocol's own; which are
 *     taken, {@link Attestation} says
 * @param transportKey whether the answer must name and bind the transport key
 * @param eventLog whether the answer is to have the platform's CCEL table
 */
public record AttestRequest(
    String nonceB64, Optional<String> bindingB64, boolean transportKey, boolean eventLog) {}
