package network.calimero.tee.dcap;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;
import network.calimero.tee.x509.DistinguishedName;

/**
 * How new collateral is by its own, proven words (dcap.md, steps 1 to 4): what a relying party
 * compares with what it has seen before, for an older set can be as validly signed as the newest.
 *
 * @param tee whose QE identity and TCB info they are
 * @param fmspc the platform type that TCB info is about
 * @param crls the root's and the PCK authority's
 */
public record CollateralFacts(
    TeeType tee, Fmspc fmspc, Document tcbInfo, Document qeIdentity, List<Crl> crls) {

  /** Copies the list. */
  public CollateralFacts {
    crls = List.copyOf(crls);
  }

  /** TCB info or QE identity: its TCB evaluation data number, and its issue date. */
  public record Document(int evaluationDataNumber, Instant issued) {}

  /**
   * A CRL.
   *
   * @param issuer the issuer's whole name, in DER
   * @param issuerName the issuer's common name, for people
   * @param number its CRL number
   * @param issued its thisUpdate
   */
  public record Crl(Bytes issuer, String issuerName, BigInteger number, Instant issued) {
    Crl(network.calimero.tee.dcap.Crl proven) {
      this(
          proven.issuer(),
          DistinguishedName.commonName(proven.issuer()),
          proven.number(),
          proven.validity().notBefore());
    }
  }

  static CollateralFacts of(ValidatedCollateral valid, Crl pckCrl, TeeType tee) {
    TcbInfo tcb = valid.tcbInfo();
    QeIdentity qe = valid.qeIdentity();
    return new CollateralFacts(
        tee,
        tcb.fmspc(),
        new Document(tcb.evaluationDataNumber(), tcb.validity().notBefore()),
        new Document(qe.evaluationDataNumber(), qe.validity().notBefore()),
        List.of(new Crl(valid.rootCrl()), pckCrl));
  }

  /** The latest date on which any of it was signed. */
  public Instant newestIssue() {
    Instant newest = tcbInfo.issued.isAfter(qeIdentity.issued) ? tcbInfo.issued : qeIdentity.issued;
    for (Crl crl : crls) {
      newest = crl.issued.isAfter(newest) ? crl.issued : newest;
    }
    return newest;
  }
}
