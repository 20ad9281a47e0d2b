package network.calimero.tee.identity;

import java.util.Arrays;
import java.util.Optional;

/**
 * libp2p's protobuf messages {@code PublicKey} and {@code PrivateKey}, which share one shape: field
 * 1, varint, the type; field 2, bytes, the key (kms-protocol.md, libp2p identities).
 */
final class KeyMessage {

  private static final byte TYPE_TAG = 0x08;
  private static final byte DATA_TAG = 0x12;

  /** Where the length of the data starts: after a tag, a type of one byte, and a tag. */
  private static final int LENGTH_OFFSET = 3;

  private static final int MAX_DATA = 0x3fff;

  private final int type;
  private final byte[] data;

  private KeyMessage(int type, byte[] data) {
    this.type = type;
    this.data = data;
  }

  /**
   * Reads the canonical encoding only: both fields, once, in order, with minimal varints, and
   * nothing else. Types over 127 and data over 16,383 bytes exist in no libp2p key.
   */
  static Optional<KeyMessage> decode(byte[] message) {
    if (message.length <= LENGTH_OFFSET
        || message[0] != TYPE_TAG
        || message[1] < 0
        || message[2] != DATA_TAG) {
      return Optional.empty();
    }
    int first = message[LENGTH_OFFSET];
    int dataOffset = first >= 0 ? LENGTH_OFFSET + 1 : LENGTH_OFFSET + 2;
    if (dataOffset > message.length) {
      return Optional.empty();
    }
    KeyMessage decoded =
        new KeyMessage(message[1], Arrays.copyOfRange(message, dataOffset, message.length));
    // The length is not believed but recomputed: a wrong or non-minimal one does not come out.
    return decoded.data.length <= MAX_DATA && Arrays.equals(decoded.encode(), message)
        ? Optional.of(decoded)
        : Optional.empty();
  }

  /** The canonical encoding of a message with up to 16,383 bytes of data. */
  static byte[] encode(KeyType type, byte[] data) {
    if (data.length > MAX_DATA) {
      throw new IllegalArgumentException("key of " + data.length + " bytes");
    }
    return new KeyMessage(type.code(), data).encode();
  }

  private byte[] encode() {
    int lengthSize = data.length < 0x80 ? 1 : 2;
    byte[] message = new byte[LENGTH_OFFSET + lengthSize + data.length];
    message[0] = TYPE_TAG;
    message[1] = (byte) type;
    message[2] = DATA_TAG;
    if (lengthSize == 1) {
      message[LENGTH_OFFSET] = (byte) data.length;
    } else {
      message[LENGTH_OFFSET] = (byte) (data.length | 0x80);
      message[LENGTH_OFFSET + 1] = (byte) (data.length >> 7);
    }
    System.arraycopy(data, 0, message, LENGTH_OFFSET + lengthSize, data.length);
    return message;
  }

  int type() {
    return type;
  }

  /** The message's own array, for use inside this package only. */
  byte[] data() {
    return data;
  }

  /** Overwrites the data, for messages that held a private key. */
  void wipe() {
    Arrays.fill(data, (byte) 0);
  }
}
