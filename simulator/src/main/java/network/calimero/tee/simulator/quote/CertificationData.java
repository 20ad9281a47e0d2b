package network.calimero.tee.simulator.quote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.pki.SgxExtension;

/** How a quote names the PCK certificate that vouches for its quoting enclave: a type and bytes. */
public final class CertificationData {
  private static final int RSA_2048_SIZE = 256;
  private static final int RSA_3072_SIZE = 384;

  private final int type;
  private final byte[] bytes;

  private CertificationData(int type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes.clone();
  }

  /** Any type with any bytes. */
  public static CertificationData of(int type, byte[] bytes) {
    return new CertificationData(type, bytes);
  }

  /** Type 1: PPID in the clear, CPUSVN, PCESVN, PCEID. */
  public static CertificationData ppidClear(SgxExtension pck) {
    return ppid(1, pck.ppid(), pck);
  }

  /**
   * Type 2: as type 1, the PPID encrypted with RSA-2048 (256 bytes, which nobody here decrypts).
   */
  public static CertificationData ppidRsa2048(byte[] encrypted, SgxExtension pck) {
    return ppid(2, Bytes.fit(encrypted, RSA_2048_SIZE), pck);
  }

  /** Type 3: as type 1, the PPID encrypted with RSA-3072 (384 bytes). */
  public static CertificationData ppidRsa3072(byte[] encrypted, SgxExtension pck) {
    return ppid(3, Bytes.fit(encrypted, RSA_3072_SIZE), pck);
  }

  /** Type 4: the PCK certificate alone, PEM. */
  public static CertificationData pckLeaf(String pem) {
    return new CertificationData(4, pem.getBytes(US_ASCII));
  }

  /** Type 5: the PCK certificate and its issuers, PEM; real ones often end in a NUL. */
  public static CertificationData pckChain(String pem) {
    return new CertificationData(5, pem.getBytes(US_ASCII));
  }

  /** Type 7: a platform manifest. */
  public static CertificationData platformManifest(byte[] manifest) {
    return new CertificationData(7, manifest);
  }

  /** The type, u16. */
  public int type() {
    return type;
  }

  /** The data. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Type u16, size u32, data. */
  public byte[] encode() {
    return Bytes.concat(Bytes.littleEndian(type, 2), Bytes.littleEndian(bytes.length, 4), bytes);
  }

  private static CertificationData ppid(int type, byte[] ppid, SgxExtension pck) {
    byte[] pceSvn = Bytes.littleEndian(pck.pceSvn(), 2);
    return new CertificationData(type, Bytes.concat(ppid, pck.cpuSvn(), pceSvn, pck.pceId()));
  }
}
