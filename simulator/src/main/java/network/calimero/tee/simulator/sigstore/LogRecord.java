package network.calimero.tee.simulator.sigstore;

import java.time.Instant;

/**
 * An entry of the log.
 *
 * @param uuid 80 hex digits: the tree and the hash of the entry
 * @param digest SHA-256 of the artifact, hex
 * @param body the entry as logged, canonical JSON
 * @param integratedTime when, whole seconds
 * @param logId SHA-256 of the log's public key, hex
 * @param treeIndex its place in the present tree, less than its index in the log
 * @param promise the signed entry timestamp, DER in base64
 */
record LogRecord(
    String uuid,
    String digest,
    String body,
    Instant integratedTime,
    long logIndex,
    String logId,
    int treeIndex,
    String promise) {}
