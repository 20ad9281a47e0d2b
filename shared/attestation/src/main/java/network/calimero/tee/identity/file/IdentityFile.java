package network.calimero.tee.identity.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import network.calimero.tee.identity.InvalidIdentityException;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.secret.SecretBytes;

/**
 * A key pair in a file: one line, the base64 of libp2p's {@code PrivateKey} protobuf, as other
 * libp2p tools keep it too. Readable by its owner only.
 */
public final class IdentityFile {

  /** Base64 of the 68 bytes of an Ed25519 identity takes 92; anything much longer is not one. */
  private static final int MAX_SIZE = 256;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private IdentityFile() {}

  /**
   * Reads a key pair.
   *
   * @throws InvalidIdentityException if the file holds none
   * @throws IOException if it cannot be read
   */
  public static PeerKeyPair load(Path file) throws IOException, InvalidIdentityException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_SIZE + 1);
    }
    try {
      return parse(content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static PeerKeyPair parse(byte[] content) throws InvalidIdentityException {
    if (content.length > MAX_SIZE) {
      throw new InvalidIdentityException("file is longer than " + MAX_SIZE + " bytes");
    }
    byte[] line = Arrays.copyOf(content, lengthWithoutLineEnd(content));
    byte[] protobuf;
    try {
      protobuf = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException _) {
      // Not passed on as the cause: its message quotes a character of the secret.
      throw new InvalidIdentityException("file is not one line of base64");
    } finally {
      Arrays.fill(line, (byte) 0);
    }
    try {
      return PeerKeyPair.decode(protobuf);
    } finally {
      Arrays.fill(protobuf, (byte) 0);
    }
  }

  private static int lengthWithoutLineEnd(byte[] content) {
    int length = content.length;
    while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
      length--;
    }
    return length;
  }

  /**
   * Writes a key pair to a new file, mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one: an identity names all of a
   *     node's keys, so none is ever overwritten
   * @throws IOException if it cannot be written
   */
  public static void create(Path file, PeerKeyPair pair) throws IOException {
    try (SecretBytes protobuf = pair.encode()) {
      byte[] line = protobuf.use(secret -> Base64.getEncoder().encode(secret));
      try (FileChannel out =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
        writeAll(out, line);
        writeAll(out, "\n".getBytes(US_ASCII));
        out.force(true);
      } finally {
        Arrays.fill(line, (byte) 0);
      }
    }
  }

  private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
