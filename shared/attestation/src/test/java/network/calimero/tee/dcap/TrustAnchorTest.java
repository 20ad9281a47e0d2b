package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import org.junit.jupiter.api.Test;

class TrustAnchorTest {
  @Test
  void intelsRootIsPinned() {
    TrustAnchor intel = TrustAnchor.intel();
    assertThat(intel.isIntel()).isTrue();
    assertThat(intel.name()).isEqualTo("Intel SGX Root CA");
    assertThat(intel.fingerprint())
        .isEqualTo("44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3");
    assertThat(TrustAnchor.intel()).isSameAs(intel);
  }

  @Test
  void intelsRootGivenAsAnyOtherIsKnownAsIntels() throws Exception {
    try (var resource = TrustAnchor.class.getResourceAsStream("intel-sgx-root-ca.pem")) {
      Bytes pem = Bytes.of(Objects.requireNonNull(resource).readAllBytes());
      assertThat(TrustAnchor.of(pem).isIntel()).isTrue();
    }
  }

  @Test
  void anotherRootIsNotIntelsThoughItBearsTheName() {
    SimulatedCertificate root = Scenario.PKI.root();
    TrustAnchor der = TrustAnchor.of(Bytes.of(root.der()));
    TrustAnchor pem = TrustAnchor.of(Bytes.of(root.pem().getBytes(US_ASCII)));
    assertThat(der.isIntel()).isFalse();
    assertThat(der.name()).isEqualTo("Intel SGX Root CA");
    assertThat(der.fingerprint()).isEqualTo(pem.fingerprint()).hasSize(64);
    TrustAnchor named =
        TrustAnchor.of(
            Bytes.of(Scenario.pki(p -> p.organization("Intel Corporation")).root().der()));
    assertThat(named.isIntel()).isFalse();
  }

  @Test
  void onlySelfSignedAuthoritiesAreRoots() {
    notARoot(Scenario.PKI.pckCa(PckCa.PLATFORM).der(), "not a self-signed CA certificate");
    notARoot(Scenario.PKI.tcbSigning().der(), "not a self-signed CA certificate");
    notARoot(
        Scenario.PKI.rootVariant(c -> c.endEntity()).der(), "not a self-signed CA certificate");
    notARoot(
        Scenario.PKI.rootVariant(c -> c.signedWith(Scenario.PKI.tcbSigning().key())).der(),
        "not a self-signed CA certificate");
  }

  @Test
  void anythingElseIsNoRoot() {
    notARoot(new byte[0], "no certificate in PEM or DER");
    notARoot("no certificate".getBytes(US_ASCII), "no certificate in PEM or DER");
    notARoot(new byte[] {0x30, 0}, "not a certificate of Intel's form");
    String twice = Scenario.PKI.root().pem() + Scenario.PKI.root().pem();
    notARoot(twice.getBytes(US_ASCII), "more than 1 certificates");
  }

  private static void notARoot(byte[] bytes, String cause) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchor.of(Bytes.of(bytes)))
        .withMessageContaining(cause);
  }
}
