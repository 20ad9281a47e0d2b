package network.calimero.tee.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** PEM text, and the variations of it that quotes in the field carry. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /** A certificate, 64 columns, a newline at the end. */
  public static String certificate(byte[] der) {
    return block("CERTIFICATE", der);
  }

  /** A certificate revocation list. */
  public static String crl(byte[] der) {
    return block("X509 CRL", der);
  }

  /** Certificates one after another, as given. */
  public static String chain(SimulatedCertificate... certificates) {
    return Arrays.stream(certificates).map(SimulatedCertificate::pem).collect(Collectors.joining());
  }

  /** The same text with CRLF line ends. */
  public static String crlf(String pem) {
    return pem.replace("\n", "\r\n");
  }

  private static String block(String label, byte[] der) {
    String body = new String(LINES.encode(der), US_ASCII);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
