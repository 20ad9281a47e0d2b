package network.calimero.tee.kms.release;

import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;

/** The one answer to every challenge that is not good, so that nobody learns what was wrong. */
final class InvalidChallenge {
  private InvalidChallenge() {}

  static KmsException refusal() {
    return new KmsException(
        KmsError.INVALID_CHALLENGE,
        "the challenge is unknown here, expired, used, or another peer's; ask /challenge for a new"
            + " one, and make a new quote over it");
  }
}
