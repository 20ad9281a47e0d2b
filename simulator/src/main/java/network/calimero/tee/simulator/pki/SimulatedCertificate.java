package network.calimero.tee.simulator.pki;

import java.math.BigInteger;
import network.calimero.tee.simulator.codec.SimulatedKey;

/**
 * A signed certificate with the private key of its subject.
 *
 * <p>Made by {@link CertificateBuilder}; immutable.
 */
public final class SimulatedCertificate {
  private final DistinguishedName subject;
  private final BigInteger serial;
  private final SimulatedKey key;
  private final byte[] der;

  SimulatedCertificate(DistinguishedName subject, BigInteger serial, SimulatedKey key, byte[] der) {
    this.subject = subject;
    this.serial = serial;
    this.key = key;
    this.der = der;
  }

  /** The subject's name. */
  public DistinguishedName subject() {
    return subject;
  }

  /** The serial number by which a CRL revokes it. */
  public BigInteger serial() {
    return serial;
  }

  /** The subject's key pair. */
  public SimulatedKey key() {
    return key;
  }

  /** The certificate in DER. */
  public byte[] der() {
    return der.clone();
  }

  /** The certificate in PEM, 64 columns, a newline at the end. */
  public String pem() {
    return Pem.certificate(der);
  }
}
