package network.calimero.tee.simulator.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Where keys, serial numbers and identifiers of a simulation come from: the same seed and label
 * give the same bytes, so a seeded simulation is reproducible to the byte (signatures included, see
 * {@link SimulatedKey}).
 */
public final class Seed {
  private final byte[] secret;

  private Seed(byte[] secret) {
    this.secret = secret;
  }

  /** A seed nobody has seen. */
  public static Seed random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new Seed(secret);
  }

  /** The seed that a text stands for. */
  public static Seed of(String text) {
    return new Seed(Hash.sha256(text.getBytes(UTF_8)));
  }

  /** A seed for a part of the simulation, independent of its siblings. */
  public Seed child(String label) {
    return new Seed(bytes("child/" + label, 32));
  }

  /** {@code size} bytes that belong to a label. */
  public byte[] bytes(String label, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int block = 0; out.size() < size; block++) {
      out.writeBytes(Hash.hmac(secret, Bytes.littleEndian(block, 4), label.getBytes(UTF_8)));
    }
    return Arrays.copyOf(out.toByteArray(), size);
  }

  /** The P-256 key that belongs to a label. */
  public SimulatedKey key(String label) {
    return SimulatedKey.ofScalar(new BigInteger(1, bytes("key/" + label, 40)));
  }

  /** A positive serial number of at most 20 bytes. */
  public BigInteger serial(String label) {
    return new BigInteger(1, bytes("serial/" + label, 19)).setBit(150);
  }
}
