package network.calimero.tee.simulator.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Der;

/**
 * A log of signatures in Rekor's place: entries in order, a promise for each, proofs of inclusion
 * and signed checkpoints. Safe for use by several threads.
 */
final class TransparencyLog {
  /** The host that checkpoints name. */
  static final String ORIGIN = "rekor.simulator.invalid";

  private final SimulatedKey key;
  private final byte[] id;
  private final long treeId;

  /** Of earlier trees: an entry's index in the log is not its index in the tree. */
  private final long earlierEntries;

  private final MerkleTree tree = new MerkleTree();
  private final List<LogRecord> records = new ArrayList<>();

  TransparencyLog(SimulatedKey key) {
    this.key = key;
    this.id = CertificateLog.id(key);
    this.treeId = ByteBuffer.wrap(id).getLong() >>> 1;
    this.earlierEntries = ByteBuffer.wrap(id).getLong(8) >>> 36;
  }

  SimulatedKey key() {
    return key;
  }

  /**
   * Logs an entry.
   *
   * @param digest SHA-256 of the artifact in hex: what the entry is found by
   * @param promised the body that the promise is for, the same unless a fault is wanted
   */
  synchronized LogRecord add(String digest, String body, String promised, Instant at) {
    int index = tree.add(body.getBytes(UTF_8));
    long logIndex = earlierEntries + index;
    String promise = promise(promised, at, logIndex);
    byte[] leaf = MerkleTree.leafHash(body.getBytes(UTF_8));
    String uuid = treeName() + Bytes.hex(leaf);
    LogRecord entry = new LogRecord(uuid, digest, body, at, logIndex, id(), index, promise);
    records.add(entry);
    return entry;
  }

  private String treeName() {
    return HexFormat.of().toHexDigits(treeId);
  }

  /** The signed entry timestamp: over the canonical JSON of these four members. */
  private String promise(String body, Instant at, long logIndex) {
    String content =
        "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":%d}"
            .formatted(base64(body.getBytes(UTF_8)), at.getEpochSecond(), id(), logIndex);
    return base64(Der.ecdsaValue(key.sign(content.getBytes(UTF_8))));
  }

  /** SHA-256 of the log's public key, hex. */
  String id() {
    return Bytes.hex(id);
  }

  /** Proof, in the tree as it is now, that an entry is there. */
  synchronized InclusionProof prove(LogRecord entry) {
    List<String> path = tree.path(entry.treeIndex()).stream().map(Bytes::hex).toList();
    String root = Bytes.hex(tree.root());
    return new InclusionProof(entry.treeIndex(), tree.size(), root, path, checkpoint());
  }

  /** What the log says of its tree as a signed note. */
  synchronized String checkpoint() {
    String note = "%s - %d\n%d\n%s\n".formatted(ORIGIN, treeId, tree.size(), base64(tree.root()));
    byte[] signature = Der.ecdsaValue(key.sign(note.getBytes(UTF_8)));
    byte[] signed = ByteBuffer.allocate(4 + signature.length).put(id, 0, 4).put(signature).array();
    return "%s\n— %s %s\n".formatted(note, ORIGIN, base64(signed));
  }

  /** The entries for an artifact, oldest first. */
  synchronized List<LogRecord> byDigest(String digest) {
    return records.stream().filter(entry -> entry.digest().equals(digest)).toList();
  }

  /** The entry of a name, with the tree or, of 64 digits, without. */
  synchronized Optional<LogRecord> byUuid(String uuid) {
    return records.stream()
        .filter(entry -> entry.uuid().equals(uuid) || entry.uuid().equals(treeName() + uuid))
        .findFirst();
  }

  synchronized Optional<LogRecord> byLogIndex(long index) {
    return records.stream().filter(entry -> entry.logIndex() == index).findFirst();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * A proof of inclusion, hashes in hex.
   *
   * @param checkpoint signed for the same root and size
   */
  record InclusionProof(
      long index, long treeSize, String root, List<String> path, String checkpoint) {}
}
