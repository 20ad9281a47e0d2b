package network.calimero.tee.kms.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import network.calimero.tee.identity.PeerPublicKey;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Role;
import network.calimero.tee.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers whose keys are not Ed25519, which are verified apart from the others. */
class OtherKeyTypesTest {
  private static final byte ECDSA = 3;

  private final GetKey getKey =
      Exchange.getKey(
          new PolicyState.Ready(new AppraisalPolicy.Unenforced(Role.NODE), "test", "digest"),
          new InMemoryConsumedChallenges(9),
          path -> SecretBytes.moveFrom(new byte[32]));

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** A libp2p PublicKey message: type, then the DER of the key. */
  private static PeerPublicKey publicKey(KeyPair pair) throws Exception {
    byte[] der = pair.getPublic().getEncoded();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {8, ECDSA, 18, (byte) der.length});
    message.writeBytes(der);
    return PeerPublicKey.decode(message.toByteArray());
  }

  private static byte[] signed(KeyPair pair, byte[] payload) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(payload);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoSignsWithItsKeyGetsItsStorageKey() throws Exception {
    KeyPair pair = pair();
    Exchange exchange = new Exchange(publicKey(pair), payload -> signed(pair, payload));

    assertThat(getKey.release(exchange.request(getKey, "node")))
        .isInstanceOf(KeyAnswer.Plain.class);
  }

  @Test
  void whoSignsWithAnotherKeyIsRefused() throws Exception {
    KeyPair other = pair();
    Exchange exchange = new Exchange(publicKey(pair()), payload -> signed(other, payload));
    GetKeyRequest request = exchange.request(getKey, "node");

    KmsException refused = catchThrowableOfType(KmsException.class, () -> getKey.release(request));

    assertThat(refused.error()).isEqualTo(KmsError.INVALID_SIGNATURE);
  }

  /** RSA keys of up to 8,192 bits sign with as many. */
  @ParameterizedTest
  @CsvSource({"1024, not this peer's signature", "1025, at most 1024"})
  void signaturesAreLookedAtUpToTheLongestThereIs(int size, String details) throws Exception {
    Exchange exchange = new Exchange(publicKey(pair()), _ -> new byte[size]);
    GetKeyRequest request = exchange.request(getKey, "node");

    KmsException refused = catchThrowableOfType(KmsException.class, () -> getKey.release(request));

    assertThat(refused.error()).isEqualTo(KmsError.INVALID_SIGNATURE);
    assertThat(refused.details()).contains(details);
  }
}
