package network.calimero.tee.x509;

import java.nio.charset.StandardCharsets;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.PlainText;

/** X.501 names: compared as their DER, read only for their common name. */
public final class DistinguishedName {
  private static final String COMMON_NAME = "550403";
  private static final int MAX_LENGTH = 128;

  private DistinguishedName() {}

  /** The next element, which must be a name: sets of types with values, none of them empty. */
  public static Bytes read(Der der) throws MalformedException {
    Der.Element name = der.next(Der.SEQUENCE);
    Der relatives = name.reader();
    while (relatives.hasNext()) {
      Der attributes = relatives.next(Der.SET).reader();
      do {
        Der attribute = attributes.next(Der.SEQUENCE).reader();
        attribute.oid();
        attribute.next();
        attribute.end();
      } while (attributes.hasNext());
    }
    return name.whole();
  }

  /** The first common name, bounded and without control characters; empty if there is none. */
  public static String commonName(Bytes name) {
    try {
      Der relatives = Der.only(name, Der.SEQUENCE).reader();
      while (relatives.hasNext()) {
        Der attributes = relatives.next(Der.SET).reader();
        while (attributes.hasNext()) {
          Der attribute = attributes.next(Der.SEQUENCE).reader();
          if (attribute.oid().equals(COMMON_NAME)) {
            return printable(attribute.next().content());
          }
        }
      }
    } catch (MalformedException e) {
      return "";
    }
    return "";
  }

  private static String printable(Bytes text) {
    Bytes bounded = text.slice(0, Math.min(text.length(), MAX_LENGTH));
    String decoded = new String(bounded.toArray(), StandardCharsets.UTF_8);
    return PlainText.bounded(decoded, MAX_LENGTH);
  }
}
