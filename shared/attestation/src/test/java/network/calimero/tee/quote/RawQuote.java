package network.calimero.tee.quote;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * A quote put together byte by byte, each part with content of its own, so that a test can change
 * any one of them. Nothing in it is signed.
 */
final class RawQuote {
  static final String INTEL = "939a7233f79c4ca9940a0db3957f0607";

  int version = 4;
  int keyType = 2;
  int teeType = 0x81;
  byte[] vendor = HexFormat.of().parseHex(INTEL);
  int bodyType = 3;
  int bodySize = 648;
  byte[] body = pattern(584, 1);
  int outerType = 6;
  int outerSlack;
  byte[] qeAuthData = pattern(32, 5);
  int qeAuthSize = 32;
  int certificationType = 5;
  byte[] certificationData = pattern(100, 7);
  int certificationSize = 100;
  int authSlack;
  int authSizeError;
  int outerSizeError;
  byte[] after = {};

  static RawQuote v3() {
    RawQuote quote = new RawQuote();
    quote.version = 3;
    quote.teeType = 0;
    quote.body = pattern(384, 1);
    return quote;
  }

  static RawQuote v4() {
    return new RawQuote();
  }

  static RawQuote v5() {
    return v5(3, 648);
  }

  static RawQuote v5(int bodyType, int size) {
    RawQuote quote = new RawQuote();
    quote.version = 5;
    quote.teeType = bodyType == 1 ? 0 : 0x81;
    quote.bodyType = bodyType;
    quote.bodySize = size;
    quote.body = pattern(size, 1);
    return quote;
  }

  RawQuote certification(int type, byte[] data) {
    certificationType = type;
    certificationData = data;
    certificationSize = data.length;
    return this;
  }

  byte[] bytes() {
    byte[] auth = authData();
    Writer out = new Writer();
    out.u16(version).u16(keyType).u32(teeType);
    out.u16(0x0807).u16(0x0a09).put(vendor).put(pattern(20, 9));
    if (version == 5) {
      out.u16(bodyType).u32(bodySize);
    }
    out.put(body).u32(auth.length + authSizeError).put(auth).put(after);
    return out.bytes.toByteArray();
  }

  private byte[] authData() {
    byte[] certified = certified();
    Writer out = new Writer().put(pattern(64, 2)).put(pattern(64, 3));
    if (version != 3) {
      out.u16(outerType).u32(certified.length + outerSlack + outerSizeError);
    }
    out.put(certified).put(new byte[outerSlack]).put(new byte[authSlack]);
    return out.bytes.toByteArray();
  }

  private byte[] certified() {
    Writer out = new Writer().put(pattern(384, 4)).put(pattern(64, 6));
    out.u16(qeAuthSize).put(qeAuthData);
    out.u16(certificationType).u32(certificationSize).put(certificationData);
    return out.bytes.toByteArray();
  }

  static byte[] pattern(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (seed * 31 + i * 7 + i / 256);
    }
    return bytes;
  }

  /** Little-endian. */
  private static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writer u16(int value) {
      bytes.write(value);
      bytes.write(value >> 8);
      return this;
    }

    Writer u32(int value) {
      return u16(value).u16(value >> 16);
    }

    Writer put(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }
  }
}
