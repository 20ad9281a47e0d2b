package network.calimero.tee.node;

import network.calimero.tee.bytes.Bytes;

/**
 * What a KMS shows for itself (kms-protocol.md, POST /attest), as received and unproven.
 *
 * @param quote the raw quote
 * @param reportData what the KMS says that the quote is over
 */
public record KmsEvidence(Bytes quote, Bytes reportData) {}
