package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealPolicyTest {
  @Test
  void verifies() throws Exception {
    RealPolicy real = RealPolicy.assumed();
    long t0 = System.nanoTime();
    Signer signer =
        new SignatureVerifier(TrustedRoot.publicGood())
            .verify(real.document(), CosignBundle.parse(real.bundle()), RealPolicy.SIGNER);
    System.out.println((System.nanoTime() - t0) / 1_000_000 + " ms " + signer);
    assertThat(signer.logIndex()).isEqualTo(2_968_584_300L);
  }
}
