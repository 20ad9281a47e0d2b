package network.calimero.tee.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.pki.DistinguishedName;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SgxExtension;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedPkiTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final SimulatedPki pki = SimulatedPki.builder(NOW).seed(Seed.of("pki")).build();

  @ParameterizedTest
  @EnumSource
  void pckChainAndListsSatisfyTheJdk(PckCa ca) {
    SimulatedCertificate pck = issue(ca);
    assertThatCode(() -> validate(ca, pck, pki.rootCrl(c -> {}), pki.pckCrl(ca, c -> {})))
        .doesNotThrowAnyException();
  }

  @Test
  void revokedLeafIsFound() {
    SimulatedCertificate pck = issue(PckCa.PLATFORM);
    byte[] pckCrl = pki.pckCrl(PckCa.PLATFORM, crl -> crl.revoke(pck));
    assertThatThrownBy(() -> validate(PckCa.PLATFORM, pck, pki.rootCrl(c -> {}), pckCrl))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            e -> assertThat(e.getReason()).hasToString("REVOKED"));
  }

  @Test
  void revokedIntermediateIsFound() {
    byte[] rootCrl = pki.rootCrl(crl -> crl.revoke(pki.pckCa(PckCa.PROCESSOR)));
    byte[] pckCrl = pki.pckCrl(PckCa.PROCESSOR, c -> {});
    assertThatThrownBy(() -> validate(PckCa.PROCESSOR, issue(PckCa.PROCESSOR), rootCrl, pckCrl))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            e -> assertThat(e.getReason()).hasToString("REVOKED"));
  }

  @Test
  void certificatesLookLikeIntelsAndSayThatTheyAreNot() throws GeneralSecurityException {
    X509Certificate root = Jdk.certificate(pki.root().der());
    X509Certificate leaf = Jdk.certificate(issue(PckCa.PLATFORM).der());
    X509Certificate signing = Jdk.certificate(pki.tcbSigning().der());
    assertThat(root.getSubjectX500Principal().getName())
        .isEqualTo(
            "C=US,ST=CA,L=Santa Clara,O=Simulated by mero-tee\\, not Intel,CN=Intel SGX Root CA");
    assertThat(root.getBasicConstraints()).isOne();
    assertThat(Jdk.certificate(pki.pckCa(PckCa.PLATFORM).der()).getBasicConstraints()).isZero();
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getCriticalExtensionOIDs()).containsExactly("2.5.29.15", "2.5.29.19");
    assertThat(leaf.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.35", "2.5.29.31", "2.5.29.14", SgxExtension.OID);
    assertThat(signing.getKeyUsage()).startsWith(true, true, false);
    assertThat(root.getSerialNumber().toByteArray()).endsWith(pki.root().key().keyId());
  }

  @Test
  void sgxExtensionIsLaidOutAsInReality() throws GeneralSecurityException {
    byte[] extension =
        Jdk.certificate(issue(PckCa.PLATFORM).der()).getExtensionValue(SgxExtension.OID);
    String hex = Bytes.hex(extension);
    assertThat(extension).hasSize(4 + 554);
    assertThat(hex)
        .contains("301e060a2a864886f84d010d01010410" + "11".repeat(16))
        .contains("3010060b2a864886f84d010d01020102" + "0104")
        .contains("060b2a864886f84d010d010211" + "02010b")
        .contains("060b2a864886f84d010d010212" + "0410" + "04".repeat(16))
        .contains("060a2a864886f84d010d0104" + "0406" + "00806f050000")
        .contains("060a2a864886f84d010d0105" + "0a0101");
  }

  @Test
  void equalSeedsGiveEqualBytes() {
    SimulatedPki again = SimulatedPki.builder(NOW).seed(Seed.of("pki")).build();
    assertThat(again.root().der()).isEqualTo(pki.root().der());
    assertThat(again.pckCrl(PckCa.PLATFORM, c -> {}))
        .isEqualTo(pki.pckCrl(PckCa.PLATFORM, c -> {}));
    assertThat(SimulatedPki.at(NOW).root().der()).isNotEqualTo(SimulatedPki.at(NOW).root().der());
  }

  @Test
  void everyFieldCanBeSpoiledBeforeSigning() throws GeneralSecurityException {
    SimulatedPki other = SimulatedPki.at(NOW);
    Instant end = NOW.minusSeconds(1);
    SimulatedPki spoiled =
        SimulatedPki.builder(NOW)
            .tcbSigning(c -> c.ca(0).authorityKeyId(null))
            .pckCa(PckCa.PLATFORM, c -> c.validity(end.minus(Duration.ofDays(1)), end))
            .pckCa(PckCa.PROCESSOR, c -> c.endEntity().issuedBy(other.root()))
            .build();
    X509Certificate signing = Jdk.certificate(spoiled.tcbSigning().der());
    assertThat(signing.getBasicConstraints()).isZero();
    assertThat(signing.getExtensionValue("2.5.29.35")).isNull();
    X509Certificate platform = Jdk.certificate(spoiled.pckCa(PckCa.PLATFORM).der());
    assertThat(platform.getNotAfter().toInstant()).isEqualTo(end);
    X509Certificate processor = Jdk.certificate(spoiled.pckCa(PckCa.PROCESSOR).der());
    assertThat(processor.getBasicConstraints()).isEqualTo(-1);
    assertThatCode(() -> processor.verify(Jdk.certificate(other.root().der()).getPublicKey()))
        .doesNotThrowAnyException();
  }

  @Test
  void listsCanBeSpoiledBeforeSigning() throws GeneralSecurityException {
    X509CRL crl =
        Jdk.crl(
            pki.pckCrl(
                PckCa.PLATFORM,
                c ->
                    c.number(null)
                        .authorityKeyId(null)
                        .issuerName(DistinguishedName.of("somebody"))
                        .signedWith(pki.root().key())));
    assertThat(crl.getNonCriticalExtensionOIDs()).isNull();
    assertThat(crl.getIssuerX500Principal().getName()).endsWith("CN=somebody");
    assertThatCode(() -> crl.verify(Jdk.certificate(pki.root().der()).getPublicKey()))
        .doesNotThrowAnyException();
  }

  @Test
  void anOlderRootHasTheSameNameAndKey() throws GeneralSecurityException {
    SimulatedCertificate older =
        pki.rootVariant(c -> c.validity(NOW.minusSeconds(9), NOW.plusSeconds(9)));
    X509Certificate now = Jdk.certificate(pki.root().der());
    X509Certificate then = Jdk.certificate(older.der());
    assertThat(then).isNotEqualTo(now);
    assertThat(then.getPublicKey()).isEqualTo(now.getPublicKey());
    assertThat(then.getSubjectX500Principal()).isEqualTo(now.getSubjectX500Principal());
  }

  private SimulatedCertificate issue(PckCa ca) {
    SgxExtension sgx =
        new SgxExtension()
            .ppid(Bytes.unhex("11".repeat(16)))
            .components(Collections.nCopies(16, 4))
            .pceSvn(11)
            .fmspc(Bytes.unhex("00806f050000"))
            .sgxType(1)
            .platform(new byte[16], true);
    return pki.issuePck(ca, "one", sgx, c -> {});
  }

  private void validate(PckCa ca, SimulatedCertificate pck, byte[] rootCrl, byte[] pckCrl)
      throws GeneralSecurityException {
    List<X509Certificate> chain = Jdk.chain(pki.pckChain(ca, pck));
    Jdk.validate(
        chain.subList(0, 2),
        Jdk.certificate(pki.root().der()),
        List.of(Jdk.crl(rootCrl), Jdk.crl(pckCrl)),
        NOW);
  }
}
