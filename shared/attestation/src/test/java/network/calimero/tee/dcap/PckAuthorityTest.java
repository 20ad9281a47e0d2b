package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SimulatedPki;
import org.junit.jupiter.api.Test;

class PckAuthorityTest {
  private static final PckAuthority GENUINE = authority(Scenario.PKI, PckCa.PLATFORM);

  @Test
  void anotherCertificateOfTheSameNameAndKeyIsTheSameAuthority() {
    SimulatedPki renewed =
        Scenario.pki(p ->
            p.pckCa(
                PckCa.PLATFORM,
                c ->
                    c.validity(
                        Scenario.NOW.minus(Duration.ofDays(3)),
                        Scenario.NOW.plus(Duration.ofDays(3)))));
    PckAuthority other = authority(renewed, PckCa.PLATFORM);
    assertThat(other.certificate().encoded()).isNotEqualTo(GENUINE.certificate().encoded());
    assertThat(other).isEqualTo(GENUINE).hasSameHashCodeAs(GENUINE);
  }

  @Test
  void theOtherOfTheTwoIsAnotherAuthority() {
    PckAuthority processor = authority(Scenario.PKI, PckCa.PROCESSOR);
    assertThat(processor).isNotEqualTo(GENUINE).doesNotHaveSameHashCodeAs(GENUINE);
    PckAuthority confused = new PckAuthority(PckChain.Issuer.PROCESSOR, GENUINE.certificate());
    assertThat(confused).isNotEqualTo(GENUINE);
  }

  @Test
  void anotherKeyIsAnotherAuthority() {
    PckAuthority foreign = authority(Scenario.foreignPki(), PckCa.PLATFORM);
    assertThat(foreign.certificate().subject()).isEqualTo(GENUINE.certificate().subject());
    assertThat(foreign).isNotEqualTo(GENUINE).doesNotHaveSameHashCodeAs(GENUINE);
  }

  @Test
  void anotherNameIsAnotherAuthority() {
    PckAuthority renamed =
        authority(Scenario.pki(p -> p.organization("Another Corporation")), PckCa.PLATFORM);
    assertThat(renamed.certificate().key().point()).isEqualTo(GENUINE.certificate().key().point());
    assertThat(renamed).isNotEqualTo(GENUINE);
  }

  @Test
  void nothingElseIsAnAuthority() {
    assertThat(GENUINE).isNotEqualTo(GENUINE.certificate());
  }

  private static PckAuthority authority(SimulatedPki pki, PckCa ca) {
    var quote = new Scenario().under(pki).platform(p -> p.pckCa(ca)).evidence().parsed();
    try {
      return PckChain.authenticate(quote, TrustAnchor.of(Bytes.of(pki.root().der())), Scenario.NOW)
          .pckAuthority();
    } catch (VerificationException e) {
      throw new AssertionError(e);
    }
  }
}
