package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.CertificateBuilder;
import network.calimero.tee.simulator.pki.DistinguishedName;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain behind TCB info and QE identity, each with one fault. */
class IssuerChainFaultsTest {
  private static final SimulatedPki PKI = Scenario.PKI;
  private static final SimulatedPki FOREIGN = Scenario.foreignPki();
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NOW = Scenario.NOW;

  /** What is wrong with the chain, whichever document it is behind. */
  private record ChainFault(String name, Kind kind, String cause, String chain) {}

  private enum Kind {
    MALFORMED(FailureCode.TCB_INFO_CHAIN_MALFORMED, FailureCode.QE_IDENTITY_CHAIN_MALFORMED),
    INVALID(FailureCode.TCB_INFO_CHAIN_INVALID, FailureCode.QE_IDENTITY_CHAIN_INVALID),
    EARLY(FailureCode.TCB_INFO_CHAIN_NOT_YET_VALID, FailureCode.QE_IDENTITY_CHAIN_NOT_YET_VALID),
    LATE(FailureCode.TCB_INFO_CHAIN_EXPIRED, FailureCode.QE_IDENTITY_CHAIN_EXPIRED),
    UNTRUSTED(FailureCode.ROOT_UNTRUSTED, FailureCode.ROOT_UNTRUSTED);

    private final FailureCode ofTcbInfo;
    private final FailureCode ofQeIdentity;

    Kind(FailureCode ofTcbInfo, FailureCode ofQeIdentity) {
      this.ofTcbInfo = ofTcbInfo;
      this.ofQeIdentity = ofQeIdentity;
    }
  }

  @ParameterizedTest
  @MethodSource("faultsBehindEachDocument")
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> faultsBehindEachDocument() {
    return Stream.concat(forms(), Stream.concat(roles(), times()))
        .flatMap(fault ->
            Stream.of(
                new Fault(
                    "TCB info: " + fault.name(),
                    fault.kind().ofTcbInfo,
                    fault.cause(),
                    s -> s.collateral(c -> c.with(TCB_INFO_CHAIN, fault.chain()))),
                new Fault(
                    "QE identity: " + fault.name(),
                    fault.kind().ofQeIdentity,
                    fault.cause(),
                    s -> s.collateral(c -> c.with(QE_IDENTITY_CHAIN, fault.chain())))));
  }

  private static final String TCB_INFO_CHAIN = SimulatedCollateral.TCB_INFO_ISSUER_CHAIN;
  private static final String QE_IDENTITY_CHAIN = SimulatedCollateral.QE_IDENTITY_ISSUER_CHAIN;

  private static Stream<ChainFault> forms() {
    String leaf = PKI.tcbSigning().pem();
    String root = PKI.root().pem();
    String broken = root.replaceFirst("\\n", "\n!");
    byte[] damaged = PKI.root().der();
    damaged[0] = 0x31;
    return Stream.of(
        new ChainFault("leaf alone", Kind.MALFORMED, "short: found 1 certificates", leaf),
        new ChainFault("root alone", Kind.MALFORMED, "short: found 1 certificates", root),
        new ChainFault("nothing", Kind.MALFORMED, "short: found 0 certificates, expected 2", ""),
        new ChainFault("no PEM", Kind.MALFORMED, "found 0 certificates", "a chain, I promise"),
        new ChainFault(
            "misspelt frame",
            Kind.MALFORMED,
            "found 1 certificates",
            leaf + root.replace("BEGIN CERT", "BEGIM CERT")),
        new ChainFault(
            "three certificates", Kind.MALFORMED, "more than 2 certificates", leaf + leaf + root),
        new ChainFault("no base64", Kind.MALFORMED, "PEM block is not base64", leaf + broken),
        new ChainFault(
            "no end",
            Kind.MALFORMED,
            "PEM block without its end",
            leaf + root.replace("END CERTIFICATE", "END CERTIFICATF")),
        new ChainFault(
            "no certificate",
            Kind.MALFORMED,
            "element of tag 0x31 where 0x30 belongs",
            leaf + Pem.certificate(damaged)),
        new ChainFault(
            "bytes after a certificate",
            Kind.MALFORMED,
            "1 bytes after the end",
            leaf + Pem.certificate(Bytes.concat(PKI.root().der(), new byte[1]))),
        new ChainFault(
            "a critical extension that nobody knows",
            Kind.MALFORMED,
            "critical extension 2a0304 is not understood",
            signer(c -> c.unknownCriticalExtension("1.2.3.4"))),
        new ChainFault(
            "more than 64 KiB", Kind.MALFORMED, "PEM of 65537 bytes", " ".repeat(65_537)));
  }

  private static Stream<ChainFault> roles() {
    SimulatedCertificate platformCa = PKI.pckCa(PckCa.PLATFORM);
    return Stream.of(
        new ChainFault(
            "of the PCK CRL",
            Kind.INVALID,
            "found Intel SGX PCK Platform CA (a CA), expected Intel SGX TCB Signing, not a CA",
            PKI.pckCrlIssuerChain(PckCa.PLATFORM)),
        new ChainFault(
            "the root as its own signer",
            Kind.INVALID,
            "found Intel SGX Root CA (a CA)",
            Pem.chain(PKI.root(), PKI.root())),
        new ChainFault(
            "a signer that is a CA",
            Kind.INVALID,
            "found Intel SGX TCB Signing (a CA)",
            signer(c -> c.ca(0))),
        new ChainFault(
            "a signer that may not sign",
            Kind.INVALID,
            "the signer is not a TCB signing certificate",
            signer(c -> c.keyUsage(KeyUsage.keyAgreement))),
        new ChainFault(
            "a signer of another name",
            Kind.INVALID,
            "found Intel SGX PCK Certificate, expected",
            signer(c -> c.subject(DistinguishedName.of("Intel SGX PCK Certificate")))),
        new ChainFault(
            "a signer whose name goes on",
            Kind.INVALID,
            "found Intel SGX TCB Signing 2, expected",
            signer(c -> c.subject(DistinguishedName.of("Intel SGX TCB Signing 2")))),
        new ChainFault(
            "a signer that the PCK CA issued",
            Kind.INVALID,
            "the signing certificate was not issued by the root",
            signer(c -> c.issuedBy(platformCa))),
        new ChainFault(
            "a signer that names the root and is signed by the PCK CA",
            Kind.INVALID,
            "the signing certificate was not issued by the root",
            signer(c -> c.signedWith(platformCa.key()))),
        new ChainFault(
            "a signer that another authority names as its own",
            Kind.INVALID,
            "the signing certificate was not issued by the root",
            signer(c -> c.issuerName(platformCa.subject()))),
        new ChainFault(
            "a signer whose signature is damaged",
            Kind.INVALID,
            "the signing certificate was not issued by the root",
            signer(c -> c.signature(s -> Bytes.flip(s, 40)))),
        new ChainFault(
            "a foreign chain",
            Kind.UNTRUSTED,
            "ends in another root: found Intel SGX Root CA of SHA-256 "
                + sha256(FOREIGN.root())
                + ", expected Intel SGX Root CA of SHA-256 "
                + sha256(PKI.root()),
            Pem.chain(FOREIGN.tcbSigning(), FOREIGN.root())),
        new ChainFault(
            "a foreign signer under the root",
            Kind.INVALID,
            "the signing certificate was not issued by the root",
            Pem.chain(FOREIGN.tcbSigning(), PKI.root())),
        new ChainFault(
            "the signer under a foreign root of the same name",
            Kind.UNTRUSTED,
            "ends in another root",
            Pem.chain(PKI.tcbSigning(), FOREIGN.root())),
        new ChainFault(
            "the signer twice",
            Kind.UNTRUSTED,
            "ends in another root: found Intel SGX TCB Signing",
            Pem.chain(PKI.tcbSigning(), PKI.tcbSigning())),
        new ChainFault(
            "a root variant whose signature is damaged",
            Kind.UNTRUSTED,
            "ends in another root",
            Pem.chain(
                PKI.tcbSigning(), PKI.rootVariant(c -> c.signature(s -> Bytes.flip(s, 3)).ca(2)))));
  }

  private static Stream<ChainFault> times() {
    return Stream.of(
        new ChainFault(
            "signer expired",
            Kind.LATE,
            "Intel SGX TCB Signing has expired: found now 2026-03-01T12:00:00Z, expected until"
                + " 2026-03-01T11:59:59Z",
            signer(c -> c.validity(NOW.minus(DAY), NOW.minusSeconds(1)))),
        new ChainFault(
            "signer not yet valid",
            Kind.EARLY,
            "Intel SGX TCB Signing is not valid yet: found now 2026-03-01T12:00:00Z, expected from"
                + " 2026-03-01T12:00:01Z",
            signer(c -> c.validity(NOW.plusSeconds(1), NOW.plus(DAY)))),
        new ChainFault(
            "root expired",
            Kind.LATE,
            "Intel SGX Root CA has expired",
            Pem.chain(PKI.tcbSigning(), root(NOW.minus(DAY), NOW.minusSeconds(1)))),
        new ChainFault(
            "root not yet valid",
            Kind.EARLY,
            "Intel SGX Root CA is not valid yet",
            Pem.chain(PKI.tcbSigning(), root(NOW.plusSeconds(1), NOW.plus(DAY)))));
  }

  @Test
  void revokedSignersAreRefusedForEachDocument() {
    assertThat(new Scenario().platform(p -> p.rootCrl(c -> c.revoke(PKI.tcbSigning()))).refusal())
        .hasMessage("step 2 (TCB info): the signing certificate is revoked")
        .extracting(VerificationException::code)
        .isEqualTo(FailureCode.TCB_INFO_SIGNER_REVOKED);
    SimulatedCertificate second = PKI.issueTcbSigning("second", c -> {});
    Scenario scenario =
        new Scenario()
            .platform(p -> p.rootCrl(c -> c.revoke(second)))
            .collateral(c -> c.with(QE_IDENTITY_CHAIN, Pem.chain(second, PKI.root())));
    assertThat(scenario.refusal())
        .hasMessage("step 3 (QE identity): the signing certificate is revoked")
        .extracting(VerificationException::code)
        .isEqualTo(FailureCode.QE_IDENTITY_SIGNER_REVOKED);
  }

  @Test
  void revokedRootsAreRefusedAlsoWhereTheChainHasAnotherCertificateOfTheRoot() {
    SimulatedCertificate old = PKI.rootVariant(c -> c.serial(BigInteger.valueOf(77)));
    assertThat(new Scenario().platform(p -> p.rootCrl(c -> c.revoke(PKI.root()))).refusal())
        .hasMessage("step 1 (root of trust): the root is on its own CRL")
        .extracting(VerificationException::code)
        .isEqualTo(FailureCode.ROOT_REVOKED);
    Scenario ofTcbInfo =
        new Scenario()
            .platform(p -> p.rootCrl(c -> c.revoke(old)))
            .collateral(c -> c.with(TCB_INFO_CHAIN, Pem.chain(PKI.tcbSigning(), old)));
    assertThat(ofTcbInfo.refusal())
        .hasMessage("step 1 (root of trust): the root certificate behind TCB info is revoked");
    Scenario ofPck =
        new Scenario()
            .platform(p -> p.rootCrl(c -> c.revoke(old)))
            .platform(p -> p.chainText(t -> t.replace(PKI.root().pem(), old.pem())));
    assertThat(ofPck.refusal())
        .hasMessage("step 1 (root of trust): the root certificate of the PCK chain is revoked")
        .extracting(VerificationException::code)
        .isEqualTo(FailureCode.ROOT_REVOKED);
  }

  @Test
  void eachDocumentMayHaveASignerOfItsOwn() {
    SimulatedCertificate second = PKI.issueTcbSigning("second", c -> {});
    Scenario scenario =
        new Scenario()
            .collateral(c ->
                c.with(QE_IDENTITY_CHAIN, Pem.chain(second, PKI.root()))
                    .change(
                        SimulatedCollateral.QE_IDENTITY_SIGNATURE,
                        old ->
                            Documents.signature(c.get(SimulatedCollateral.QE_IDENTITY), second)));
    assertThat(scenario.verified().tcb().status()).isEqualTo(TcbStatus.UP_TO_DATE);
  }

  /** The signing chain with a changed signer of the same key. */
  private static String signer(Consumer<CertificateBuilder> change) {
    return Pem.chain(PKI.issueTcbSigning("tcb-signing", change), PKI.root());
  }

  private static String sha256(SimulatedCertificate root) {
    return TrustAnchor.of(network.calimero.tee.bytes.Bytes.of(root.der())).fingerprint();
  }

  private static SimulatedCertificate root(Instant from, Instant to) {
    return PKI.rootVariant(c -> c.validity(from, to));
  }
}
