package network.calimero.tee.bytes;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A strict reader of DER (X.690): definite, minimal lengths; single-byte tags; nothing left over
 * where an element ends. Every element is a range of the bytes it came from, so what was signed
 * stays as received.
 */
public final class Der {
  public static final int BOOLEAN = 0x01;
  public static final int INTEGER = 0x02;
  public static final int BIT_STRING = 0x03;
  public static final int OCTET_STRING = 0x04;
  public static final int OBJECT_IDENTIFIER = 0x06;
  public static final int ENUMERATED = 0x0a;
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;
  public static final int SEQUENCE = 0x30;
  public static final int SET = 0x31;

  /** One element: its tag, the whole of it, and its content. */
  public record Element(int tag, Bytes whole, Bytes content) {

    /** Reads what it contains. */
    public Der reader() {
      return new Der(content);
    }
  }

  private final Bytes bytes;
  private int position;

  public Der(Bytes bytes) {
    this.bytes = bytes;
  }

  /** The single element that the bytes are, from their first to their last. */
  public static Element only(Bytes bytes, int tag) throws MalformedException {
    Der der = new Der(bytes);
    Element element = der.next(tag);
    der.end();
    return element;
  }

  public boolean hasNext() {
    return position < bytes.length();
  }

  /** Whether the next element has that tag; false at the end. */
  public boolean nextIs(int tag) {
    return hasNext() && bytes.byteAt(position) == tag;
  }

  public void end() throws MalformedException {
    if (hasNext()) {
      throw new MalformedException((bytes.length() - position) + " bytes after the end");
    }
  }

  public Element next(int tag) throws MalformedException {
    Element element = next();
    if (element.tag() != tag) {
      throw new MalformedException(
          "element of tag 0x%02x where 0x%02x belongs".formatted(element.tag(), tag));
    }
    return element;
  }

  public Element next() throws MalformedException {
    int start = position;
    int tag = octet();
    if ((tag & 0x1f) == 0x1f) {
      throw new MalformedException("element with a long tag");
    }
    int length = length();
    if (length > bytes.length() - position) {
      throw new MalformedException("element of " + length + " bytes reaches past the end");
    }
    Bytes content = bytes.slice(position, position + length);
    position += length;
    return new Element(tag, bytes.slice(start, position), content);
  }

  private int octet() throws MalformedException {
    if (!hasNext()) {
      throw new MalformedException("ends too early");
    }
    return bytes.byteAt(position++);
  }

  private int length() throws MalformedException {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int octets = first & 0x7f;
    if (octets == 0 || octets > 3) {
      throw new MalformedException("length of indefinite or unreasonable form");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << 8) | octet();
    }
    if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
      throw new MalformedException("length is not minimal");
    }
    return length;
  }

  /** A non-negative INTEGER of at most that many octets. */
  public BigInteger unsigned(int maxOctets) throws MalformedException {
    BigInteger value = integer(next(INTEGER), maxOctets);
    if (value.signum() < 0) {
      throw new MalformedException("negative number");
    }
    return value;
  }

  public static BigInteger integer(Element element, int maxOctets) throws MalformedException {
    Bytes content = element.content();
    if (content.length() == 0 || content.length() > maxOctets + 1) {
      throw new MalformedException("number of " + content.length() + " octets");
    }
    if (content.length() > 1) {
      int first = content.byteAt(0);
      boolean high = content.byteAt(1) >= 0x80;
      if ((first == 0 && !high) || (first == 0xff && high)) {
        throw new MalformedException("number is not minimal");
      }
    }
    return new BigInteger(content.toArray());
  }

  /** A non-negative INTEGER that fits an int. */
  public int unsignedInt() throws MalformedException {
    BigInteger value = unsigned(4);
    if (value.bitLength() > 31) {
      throw new MalformedException("number " + value + " is too large");
    }
    return value.intValue();
  }

  public boolean bool() throws MalformedException {
    Bytes content = next(BOOLEAN).content();
    if (content.length() != 1 || (content.byteAt(0) != 0 && content.byteAt(0) != 0xff)) {
      throw new MalformedException("malformed BOOLEAN");
    }
    return content.byteAt(0) != 0;
  }

  /** An OBJECT IDENTIFIER as its content octets in hex: compared, never interpreted. */
  public String oid() throws MalformedException {
    Bytes content = next(OBJECT_IDENTIFIER).content();
    boolean first = true;
    for (int i = 0; i < content.length(); i++) {
      if (first && content.byteAt(i) == 0x80) {
        throw new MalformedException("OBJECT IDENTIFIER is not minimal");
      }
      first = content.byteAt(i) < 0x80;
    }
    if (content.isEmpty() || !first) {
      throw new MalformedException("OBJECT IDENTIFIER ends too early");
    }
    return content.hex();
  }

  /** A BIT STRING of whole octets. */
  public Bytes bits() throws MalformedException {
    Bytes content = next(BIT_STRING).content();
    if (content.length() == 0 || content.byteAt(0) != 0) {
      throw new MalformedException("BIT STRING is not of whole octets");
    }
    return content.slice(1, content.length());
  }

  /** A UTCTime or GeneralizedTime in the only form that RFC 5280 (4.1.2.5) allows: seconds, Z. */
  public Instant time() throws MalformedException {
    Element element = next();
    String text = new String(element.content().toArray(), StandardCharsets.ISO_8859_1);
    return switch (element.tag()) {
      case UTC_TIME -> {
        int year = digits(text, 0, 2, 13);
        yield instant(year < 50 ? 2000 + year : 1900 + year, text, 2);
      }
      case GENERALIZED_TIME -> instant(digits(text, 0, 4, 15), text, 4);
      default ->
          throw new MalformedException("element of tag 0x%02x is no time".formatted(element.tag()));
    };
  }

  private static Instant instant(int year, String text, int from) throws MalformedException {
    int length = from + 11;
    if (text.length() != length || text.charAt(length - 1) != 'Z') {
      throw new MalformedException("time is not in the form of RFC 5280");
    }
    try {
      return LocalDateTime.of(
              year,
              digits(text, from, 2, length),
              digits(text, from + 2, 2, length),
              digits(text, from + 4, 2, length),
              digits(text, from + 6, 2, length),
              digits(text, from + 8, 2, length))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedException("time does not exist");
    }
  }

  private static int digits(String text, int from, int count, int length)
      throws MalformedException {
    if (text.length() != length) {
      throw new MalformedException("time is not in the form of RFC 5280");
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new MalformedException("time is not in the form of RFC 5280");
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
