package network.calimero.tee.secret;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must not leak: keys, seeds, derived material.
 *
 * <p>The content never appears in {@link #toString()}, is compared in constant time, can be read
 * only inside {@link #use}, and is overwritten by {@link #close()}. The garbage collector may have
 * copied the array before that; nothing in Java prevents it, so keep secrets short-lived.
 *
 * <p>Safe for use by several threads: a close waits for no reader, for readers work on copies.
 */
public final class SecretBytes implements AutoCloseable {

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private boolean closed;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret with the same content; the caller goes on owning (and wiping) its array. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** A secret with the content of {@code bytes}, which is overwritten with zeros. */
  public static SecretBytes moveFrom(byte[] bytes) {
    SecretBytes secret = copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }

  /** Size in bytes; not secret, and known even after {@link #close()}. */
  public int length() {
    return bytes.length;
  }

  /**
   * Opens the secret for one computation.
   *
   * @param opener is given a copy, which is overwritten as soon as it returns or throws: it must
   *     not hand the array out as its result
   * @throws IllegalStateException when closed
   * @throws E what the opener throws
   */
  public <T extends @Nullable Object, E extends Exception> T use(Opener<T, E> opener) throws E {
    byte[] opened = open();
    try {
      return opener.apply(opened);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  /** Its lower-case hex in ASCII, as secret as it is; for the caller to close. */
  public SecretBytes hexText() {
    return use(secret -> {
      byte[] text = new byte[2 * secret.length];
      for (int i = 0; i < secret.length; i++) {
        text[2 * i] = (byte) HEX.toHighHexDigit(secret[i]);
        text[2 * i + 1] = (byte) HEX.toLowHexDigit(secret[i]);
      }
      return moveFrom(text);
    });
  }

  private synchronized byte[] open() {
    if (closed) {
      throw new IllegalStateException("secret used after it was wiped");
    }
    return bytes.clone();
  }

  /** Overwrites the content. Closing again does nothing. */
  @Override
  public synchronized void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }

  /** Compares in constant time for equal lengths; a closed secret equals only itself. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof SecretBytes that
        && !isClosed()
        && !that.isClosed()
        && use(mine -> that.use(theirs -> MessageDigest.isEqual(mine, theirs)));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Depends on the length only, so that no hash of a secret is ever stored or shown. */
  @Override
  public int hashCode() {
    return Integer.hashCode(bytes.length);
  }

  /** Always the same text. */
  @Override
  public String toString() {
    return "[secret]";
  }

  /** One computation on an opened secret. */
  @FunctionalInterface
  public interface Opener<T extends @Nullable Object, E extends Exception> {
    /** Computes; {@code secret} is wiped afterwards. */
    T apply(byte[] secret) throws E;
  }
}
