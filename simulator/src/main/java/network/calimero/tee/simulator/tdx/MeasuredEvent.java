package network.calimero.tee.simulator.tdx;

import static java.nio.charset.StandardCharsets.UTF_8;

import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;

/**
 * One entry of a TD's event log (measurements.md, "Event logs").
 *
 * @param register the RTMR it extends, 0 to 3
 * @param type event type, u32
 * @param digest 48 bytes in hex
 * @param name empty for events of firmware and boot
 * @param payload in hex, empty where only digests are kept
 */
public record MeasuredEvent(int register, long type, String digest, String name, String payload) {
  /** The type of run-time events. */
  public static final long RUNTIME_TYPE = 0x08000001L;

  /** A boot event: nothing but a digest. */
  public static MeasuredEvent boot(int register, long type, byte[] digest) {
    return new MeasuredEvent(register, type, Bytes.hex(digest), "", "");
  }

  /** A run-time event of dstack, version 1: the digest covers type, name and payload. */
  public static MeasuredEvent runtime(String name, byte[] payload) {
    byte[] colon = {':'};
    byte[] type = Bytes.littleEndian(RUNTIME_TYPE, 4);
    byte[] digest = Hash.sha384(type, colon, name.getBytes(UTF_8), colon, payload);
    return new MeasuredEvent(3, RUNTIME_TYPE, Bytes.hex(digest), name, Bytes.hex(payload));
  }
}
