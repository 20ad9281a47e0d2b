package network.calimero.tee.release.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.AssetKind;

/**
 * The files in a {@code trust-bundle.tar.gz}: a tar (POSIX.1-1988 ustar, as GNU tar writes it for
 * short names) of plain files without folders. Links, devices, long names and folders are refused,
 * not skipped.
 *
 * @param files their content by name
 */
public record TrustBundle(Map<String, Bytes> files) {
  private static final int BLOCK = 512;
  private static final int MAX_FILES = 64;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;
  private static final int PREFIX = 345;

  /** Copies. */
  public TrustBundle {
    files = Map.copyOf(files);
  }

  /**
   * Reads them all.
   *
   * @throws MalformedException if it is something else, a file comes twice, or is too large
   */
  public static TrustBundle parse(Bytes tarGz) throws MalformedException {
    try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(tarGz.toArray()))) {
      Map<String, Bytes> files = new LinkedHashMap<>();
      long room = AssetKind.TRUST_BUNDLE.maxSize(); // little gzip can stand for much
      byte[] header = block(tar);
      while (!Bytes.of(header).isZero()) {
        if (files.size() == MAX_FILES) {
          throw new MalformedException("more than " + MAX_FILES + " files");
        }
        String name = name(header);
        Bytes content = content(tar, header, room);
        room -= content.length();
        if (files.put(name, content) != null) {
          throw new MalformedException(name + " for the second time");
        }
        header = block(tar);
      }
      return new TrustBundle(files);
    } catch (IOException e) {
      throw new MalformedException("not a gzip of a tar");
    }
  }

  private static byte[] block(InputStream tar) throws IOException, MalformedException {
    byte[] block = tar.readNBytes(BLOCK);
    if (block.length != BLOCK) {
      throw new MalformedException("the tar ends too early");
    }
    return block;
  }

  private static String name(byte[] header) throws MalformedException {
    requireChecksum(header);
    boolean plainFile = header[TYPE] == '0' || header[TYPE] == 0;
    String name = text(header, 0, NAME).replaceFirst("^\\./", "");
    if (!plainFile || header[PREFIX] != 0 || !Asset.isName(name)) {
      throw new MalformedException("something else than a file with the name of an asset");
    }
    return name;
  }

  private static void requireChecksum(byte[] header) throws MalformedException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += own ? ' ' : header[i] & 0xff;
    }
    if (sum != octal(header, CHECKSUM, CHECKSUM_LENGTH)) {
      throw new MalformedException("a header of the tar is damaged");
    }
  }

  private static Bytes content(InputStream tar, byte[] header, long room)
      throws IOException, MalformedException {
    long size = octal(header, SIZE, SIZE_LENGTH);
    if (size > Math.min(room, AssetKind.DOCUMENT.maxSize())) {
      throw new MalformedException("a file of %d bytes is too much".formatted(size));
    }
    byte[] content = tar.readNBytes((int) size);
    int padding = (BLOCK - (int) (size % BLOCK)) % BLOCK;
    if (content.length != size || tar.readNBytes(padding).length != padding) {
      throw new MalformedException("the tar ends too early");
    }
    return Bytes.of(content);
  }

  private static long octal(byte[] header, int start, int length) throws MalformedException {
    String digits = text(header, start, length).strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new MalformedException("a number in the tar is not octal");
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int start, int length) {
    String field = new String(header, start, length, StandardCharsets.ISO_8859_1);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }
}
