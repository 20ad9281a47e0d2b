package network.calimero.tee.simulator.pki;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A name of the shape that Intel's certificates have: CN, O, L, ST, C in this order.
 *
 * @param commonName what a verifier may recognise a certificate's role by
 * @param organization who signs; by default it says that it is not Intel
 */
public record DistinguishedName(
    String commonName, String organization, String locality, String state, String country) {

  /** The organization of everything simulated, so that a person who looks sees it. */
  public static final String ORGANIZATION = "Simulated by mero-tee, not Intel";

  /** A name with the simulator's organization and Intel's place. */
  public static DistinguishedName of(String commonName) {
    return new DistinguishedName(commonName, ORGANIZATION, "Santa Clara", "CA", "US");
  }

  /** The same with another common name. */
  public DistinguishedName withCommonName(String other) {
    return new DistinguishedName(other, organization, locality, state, country);
  }

  /** The same with another organization. */
  public DistinguishedName withOrganization(String other) {
    return new DistinguishedName(commonName, other, locality, state, country);
  }

  X500Name toX500() {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.CN, commonName)
        .addRDN(BCStyle.O, organization)
        .addRDN(BCStyle.L, locality)
        .addRDN(BCStyle.ST, state)
        .addRDN(BCStyle.C, country)
        .build();
  }
}
