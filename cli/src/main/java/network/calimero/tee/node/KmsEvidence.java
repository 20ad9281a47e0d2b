package network.calimero.tee.node;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.seal.X25519PublicKey;
import tools.jackson.databind.JsonNode;

/**
 * What a KMS shows for itself (kms-protocol.md, POST /attest), as received and unproven.
 *
 * @param quote the raw quote
 * @param reportData what the KMS says that the quote is over
 * @param transportKey what it says that keys are sealed with; empty if that was not asked for
 * @param eventLog what it says that led to the registers; missing or empty where it says nothing
 */
public record KmsEvidence(
    Bytes quote, Bytes reportData, Optional<X25519PublicKey> transportKey, JsonNode eventLog) {}
