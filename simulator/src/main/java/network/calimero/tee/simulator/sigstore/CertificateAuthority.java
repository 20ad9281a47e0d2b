package network.calimero.tee.simulator.sigstore;

import java.math.BigInteger;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Validity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** A certificate whose key signs others, or timestamps. */
final class CertificateAuthority {
  /** The organization in every name, so that a person who looks sees it. */
  static final String ORGANIZATION = "simulated, not sigstore.dev";

  private final X500Name subject;
  private final BigInteger serial;
  private final SimulatedKey key;
  private final byte[] der;

  private CertificateAuthority(
      X500Name subject, BigInteger serial, SimulatedKey key, CertificateDraft draft) {
    this.subject = subject;
    this.serial = serial;
    this.key = key;
    this.der = draft.sign();
  }

  /** Signs a certificate for a name, after changes; by itself unless they say otherwise. */
  static CertificateAuthority named(
      String name, Seed seed, Validity validity, Consumer<CertificateDraft> change) {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, ORGANIZATION)
            .addRDN(BCStyle.CN, name)
            .build();
    SimulatedKey key = seed.key(name);
    CertificateDraft draft = new CertificateDraft(subject, key, seed.serial(name), validity);
    change.accept(draft);
    return new CertificateAuthority(subject, seed.serial(name), key, draft);
  }

  X500Name subject() {
    return subject;
  }

  BigInteger serial() {
    return serial;
  }

  SimulatedKey key() {
    return key;
  }

  byte[] der() {
    return der.clone();
  }
}
