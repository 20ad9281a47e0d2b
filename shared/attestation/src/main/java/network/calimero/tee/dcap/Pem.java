package network.calimero.tee.dcap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;

/**
 * Certificates in PEM (RFC 7468), as quotes and PCS answers carry them: LF or CRLF, text around the
 * blocks and a NUL at the end are tolerated, as Intel's library does.
 */
final class Pem {
  static final int MAX_SIZE = 64 * 1024;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Pem() {}

  /**
   * The certificates in their order; at most {@code max} of them, none being an error of the
   * caller.
   */
  static List<Certificate> certificates(Bytes text, int max) throws MalformedException {
    List<Certificate> certificates = new ArrayList<>();
    for (Bytes der : blocks(text, max)) {
      certificates.add(Certificate.parse(der));
    }
    return certificates;
  }

  private static List<Bytes> blocks(Bytes text, int max) throws MalformedException {
    if (text.length() > MAX_SIZE) {
      throw new MalformedException("PEM of " + text.length() + " bytes");
    }
    String pem = new String(text.toArray(), StandardCharsets.ISO_8859_1);
    List<Bytes> blocks = new ArrayList<>();
    int position = pem.indexOf(BEGIN);
    while (position >= 0) {
      if (blocks.size() == max) {
        throw new MalformedException("more than " + max + " certificates");
      }
      int from = position + BEGIN.length();
      int to = pem.indexOf(END, from);
      if (to < 0) {
        throw new MalformedException("PEM block without its end");
      }
      blocks.add(decoded(pem.substring(from, to)));
      position = pem.indexOf(BEGIN, to + END.length());
    }
    return blocks;
  }

  private static Bytes decoded(String body) throws MalformedException {
    StringBuilder base64 = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
        base64.append(c);
      }
    }
    try {
      return Bytes.of(Base64.getDecoder().decode(base64.toString()));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("PEM block is not base64");
    }
  }
}
