package network.calimero.tee.simulator.sigstore;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.codec.Hash;

/** The tree of hashes over a log's entries (RFC 6962, 2.1). */
final class MerkleTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private final List<byte[]> leaves = new ArrayList<>();

  /** Appends an entry and returns its index. */
  int add(byte[] entry) {
    leaves.add(leafHash(entry));
    return leaves.size() - 1;
  }

  static byte[] leafHash(byte[] entry) {
    return Hash.sha256(LEAF, entry);
  }

  int size() {
    return leaves.size();
  }

  byte[] root() {
    return leaves.isEmpty() ? Hash.sha256() : root(leaves);
  }

  /** The hashes beside the path from an entry to the root, lowest first. */
  List<byte[]> path(int index) {
    return path(index, leaves);
  }

  private static byte[] root(List<byte[]> part) {
    if (part.size() == 1) {
      return part.getFirst();
    }
    int left = leftSize(part);
    return Hash.sha256(NODE, root(part.subList(0, left)), root(part.subList(left, part.size())));
  }

  private static List<byte[]> path(int index, List<byte[]> part) {
    if (part.size() == 1) {
      return new ArrayList<>();
    }
    int split = leftSize(part);
    List<byte[]> left = part.subList(0, split);
    List<byte[]> right = part.subList(split, part.size());
    List<byte[]> path = index < split ? path(index, left) : path(index - split, right);
    path.add(root(index < split ? right : left));
    return path;
  }

  /** The largest power of two smaller than the size. */
  private static int leftSize(List<byte[]> part) {
    return Integer.highestOneBit(part.size() - 1);
  }
}
