package network.calimero.tee.dcap;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.calimero.tee.simulator.Revoked;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.CrlBuilder;
import network.calimero.tee.simulator.pki.DistinguishedName;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SimulatedPki;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRLs of the root and of the PCK's authority, each with one fault. */
class CrlFaultsTest {
  private static final Instant NOW = Scenario.NOW;
  private static final Duration DAY = Duration.ofDays(1);

  private enum Kind {
    MALFORMED(FailureCode.ROOT_CRL_MALFORMED, FailureCode.PCK_CRL_MALFORMED),
    ISSUER(FailureCode.ROOT_CRL_WRONG_ISSUER, FailureCode.PCK_CRL_WRONG_ISSUER),
    SIGNATURE(FailureCode.ROOT_CRL_SIGNATURE_INVALID, FailureCode.PCK_CRL_SIGNATURE_INVALID),
    EARLY(FailureCode.ROOT_CRL_NOT_YET_VALID, FailureCode.PCK_CRL_NOT_YET_VALID),
    LATE(FailureCode.ROOT_CRL_EXPIRED, FailureCode.PCK_CRL_EXPIRED);

    private final FailureCode ofRoot;
    private final FailureCode ofPck;

    Kind(FailureCode ofRoot, FailureCode ofPck) {
      this.ofRoot = ofRoot;
      this.ofPck = ofPck;
    }
  }

  @ParameterizedTest
  @MethodSource({"faultsBeforeSigning", "faultsOfBytes", "faultsOfOneList"})
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> faultsBeforeSigning() {
    return Stream.of(
            built(
                "expired",
                Kind.LATE,
                "the CRL has expired: found now 2026-03-01T12:00:00Z, expected nextUpdate"
                    + " 2026-03-01T11:59:59Z",
                c -> c.validity(NOW.minus(DAY), NOW.minusSeconds(1))),
            built(
                "issued in the future",
                Kind.EARLY,
                "the CRL is issued in the future: found now 2026-03-01T12:00:00Z, expected"
                    + " thisUpdate 2026-03-01T12:00:01Z",
                c -> c.validity(NOW.plusSeconds(1), NOW.plus(DAY))),
            built(
                "without a next update",
                Kind.MALFORMED,
                "is no time",
                c -> c.validity(NOW.minus(DAY), null)),
            built(
                "of another name",
                Kind.ISSUER,
                "the CRL is of another issuer: found Intel SGX TCB Signing, expected Intel SGX",
                c -> c.issuerName(Scenario.PKI.tcbSigning().subject())),
            built(
                "of another organization",
                Kind.ISSUER,
                "the CRL is of another issuer",
                c ->
                    c.issuerName(
                        DistinguishedName.of("Intel SGX Root CA").withOrganization("Nobody"))),
            built(
                "signed by another key",
                Kind.SIGNATURE,
                "the signature of the CRL is not that of Intel SGX",
                c -> c.signedWith(Scenario.PKI.tcbSigning().key())),
            built(
                "of a damaged signature",
                Kind.SIGNATURE,
                "the signature of the CRL is not that of Intel SGX",
                c -> c.signature(s -> Bytes.flip(s, 12))),
            built("without a number", Kind.MALFORMED, "CRL has no CRL number", c -> c.number(null)),
            built(
                "of a number of 21 octets",
                Kind.MALFORMED,
                "number of 22 octets",
                c -> c.number(BigInteger.ONE.shiftLeft(168))),
            built(
                "without an authority key identifier",
                Kind.MALFORMED,
                "CRL has no authority key identifier",
                c -> c.authorityKeyId(null)),
            built(
                "without extensions",
                Kind.MALFORMED,
                "CRL has no extensions",
                c -> c.number(null).authorityKeyId(null)),
            built(
                "with a byte after its end",
                Kind.MALFORMED,
                "1 bytes after the end",
                c -> c.trailing(new byte[1])))
        .flatMap(fault -> fault);
  }

  static Stream<Fault> faultsOfBytes() {
    return Stream.of(
            text("empty", "ends too early", ""),
            text("garbage", "element of tag 0x02 where 0x30 belongs", "30030201ff"),
            text("no list", "element of tag 0x01 where 0x30 belongs", "0101ff"),
            text("longer than it is", "element of 127 bytes reaches past the end", "307f"),
            text("of indefinite length", "length of indefinite or unreasonable form", "30800000"),
            text("of a long length", "length of indefinite or unreasonable form", "3084ffffffff"),
            text("of a length that is not minimal", "length is not minimal", "30817f"),
            text("more than 1 MiB", "CRL of 1048577 bytes", "00".repeat(1024 * 1024 + 1)))
        .flatMap(fault -> fault);
  }

  static Stream<Fault> faultsOfOneList() {
    SimulatedPki blunt =
        Scenario.pki(p -> p.pckCa(PckCa.PLATFORM, c -> c.keyUsage(KeyUsage.keyCertSign)));
    return Stream.of(
        new Fault(
            "PCK CRL of the other authority",
            FailureCode.PCK_CRL_WRONG_ISSUER,
            "found Intel SGX PCK Processor CA, expected Intel SGX PCK Platform CA",
            s ->
                s.collateral(c ->
                    c.with(
                        SimulatedCollateral.PCK_CRL,
                        Bytes.hex(Scenario.PKI.pckCrl(PckCa.PROCESSOR, l -> {}))))),
        new Fault(
            "PCK CRL in place of the root's",
            FailureCode.ROOT_CRL_WRONG_ISSUER,
            "found Intel SGX PCK Platform CA, expected Intel SGX Root CA",
            s ->
                s.collateral(c ->
                    c.with(SimulatedCollateral.ROOT_CA_CRL, c.get(SimulatedCollateral.PCK_CRL)))),
        new Fault(
            "root's CRL in place of the PCK's",
            FailureCode.PCK_CRL_WRONG_ISSUER,
            "found Intel SGX Root CA, expected Intel SGX PCK Platform CA",
            s ->
                s.collateral(c ->
                    c.with(SimulatedCollateral.PCK_CRL, c.get(SimulatedCollateral.ROOT_CA_CRL)))),
        new Fault(
            "PCK CRL of a foreign authority of the same name",
            FailureCode.PCK_CRL_SIGNATURE_INVALID,
            "the signature of the CRL is not that of Intel SGX PCK Platform CA",
            s ->
                s.collateral(c ->
                    c.with(
                        SimulatedCollateral.PCK_CRL,
                        Bytes.hex(Scenario.foreignPki().pckCrl(PckCa.PLATFORM, l -> {}))))),
        new Fault(
            "PCK CRL of an authority that may not sign CRLs",
            FailureCode.PCK_CRL_WRONG_ISSUER,
            "the CRL is of another issuer",
            s -> s.under(blunt)),
        new Fault(
            "revoked PCK certificate",
            FailureCode.PCK_REVOKED,
            "Intel has revoked the PCK certificate of this platform: found serial ",
            s -> s.platform(p -> p.revoke(Revoked.PCK))),
        new Fault(
            "revoked PCK certificate among others",
            FailureCode.PCK_REVOKED,
            "Intel has revoked the PCK certificate of this platform: found serial ",
            s ->
                s.platform(p ->
                    p.pckCrl(c -> c.revoke(BigInteger.ONE))
                        .revoke(Revoked.PCK)
                        .pckCrl(c -> c.revoke(BigInteger.TWO)))),
        new Fault(
            "revoked PCK authority",
            FailureCode.PCK_CA_REVOKED,
            "Intel has revoked Intel SGX PCK Platform CA",
            s -> s.platform(p -> p.revoke(Revoked.PCK_CA))),
        new Fault(
            "revoked PCK authority that is Processor's",
            FailureCode.PCK_CA_REVOKED,
            "Intel has revoked Intel SGX PCK Processor CA",
            s -> s.platform(p -> p.pckCa(PckCa.PROCESSOR).revoke(Revoked.PCK_CA))));
  }

  private static Stream<Fault> built(
      String name, Kind kind, String cause, Consumer<CrlBuilder> change) {
    return Stream.of(
        new Fault("root CRL " + name, kind.ofRoot, cause, s -> s.platform(p -> p.rootCrl(change))),
        new Fault("PCK CRL " + name, kind.ofPck, cause, s -> s.platform(p -> p.pckCrl(change))));
  }

  private static Stream<Fault> text(String name, String cause, String hex) {
    return Stream.of(
        new Fault(
            "root CRL " + name,
            FailureCode.ROOT_CRL_MALFORMED,
            cause,
            s -> s.collateral(c -> c.with(SimulatedCollateral.ROOT_CA_CRL, hex))),
        new Fault(
            "PCK CRL " + name,
            FailureCode.PCK_CRL_MALFORMED,
            cause,
            s -> s.collateral(c -> c.with(SimulatedCollateral.PCK_CRL, hex))));
  }
}
