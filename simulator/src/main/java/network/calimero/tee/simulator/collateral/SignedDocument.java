package network.calimero.tee.simulator.collateral;

import static java.nio.charset.StandardCharsets.UTF_8;

import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;

/**
 * A document of Intel's as it travels: text, and a signature over exactly that text's bytes.
 *
 * @param text the inner JSON object
 * @param signature ECDSA P-256 with SHA-256, r‖s as 128 hex digits
 */
public record SignedDocument(String text, String signature) {
  /** Signs a text, whatever it says. */
  public static SignedDocument sign(String text, SimulatedKey key) {
    return new SignedDocument(text, Bytes.hex(key.sign(text.getBytes(UTF_8))));
  }
}
