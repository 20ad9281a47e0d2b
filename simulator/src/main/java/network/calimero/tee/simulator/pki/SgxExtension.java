package network.calimero.tee.simulator.pki;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import network.calimero.tee.simulator.codec.Bytes;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/**
 * What a PCK certificate says of its platform: the extension 1.2.840.113741.1.13.1, laid out as
 * Intel's (dcap.md, step 4). Every field can be changed, any can be left out. Mutable builder.
 */
public final class SgxExtension {
  /** The extension's object identifier; its fields are numbered below it. */
  public static final String OID = "1.2.840.113741.1.13.1";

  private static final int TCB = 2;
  private static final int PCE_SVN = 17;
  private static final int CPU_SVN = 18;

  private byte[] ppid = new byte[16];
  private List<Integer> components = Collections.nCopies(16, 0);
  private int pceSvn;
  private byte @Nullable [] cpuSvn;
  private byte[] pceId = new byte[2];
  private byte[] fmspc = new byte[6];
  private int sgxType;
  private byte @Nullable [] platformInstanceId;
  private boolean cachedKeys;
  private final Set<Integer> omitted = new HashSet<>();

  /** Field 1: the platform's provisioning ID, 16 bytes. */
  public SgxExtension ppid(byte[] value) {
    ppid = value.clone();
    return this;
  }

  /** Fields 2.1 to 2.16: SGX TCB component SVNs (another count is written as given). */
  public SgxExtension components(List<Integer> svns) {
    components = List.copyOf(svns);
    return this;
  }

  /** Field 2.17: the SVN of the provisioning certification enclave. */
  public SgxExtension pceSvn(int svn) {
    pceSvn = svn;
    return this;
  }

  /** Field 2.18: the raw CPUSVN, 16 bytes; unless set, the components as bytes. */
  public SgxExtension cpuSvn(byte[] value) {
    cpuSvn = value.clone();
    return this;
  }

  /** Field 3: PCE identifier, 2 bytes. */
  public SgxExtension pceId(byte[] value) {
    pceId = value.clone();
    return this;
  }

  /** Field 4: family-model-stepping-platform-custom SKU, 6 bytes. */
  public SgxExtension fmspc(byte[] value) {
    fmspc = value.clone();
    return this;
  }

  /** Field 5: 0 standard, 1 scalable, 2 scalable with integrity. */
  public SgxExtension sgxType(int type) {
    sgxType = type;
    return this;
  }

  /** Fields 6 and 7, which only certificates of the Platform CA have. */
  public SgxExtension platform(byte[] instanceId, boolean keysCached) {
    platformInstanceId = instanceId.clone();
    cachedKeys = keysCached;
    return this;
  }

  /** Leaves a top-level field (1 to 7) out. */
  public SgxExtension omit(int field) {
    omitted.add(field);
    return this;
  }

  /** The components as certified. */
  public List<Integer> components() {
    return components;
  }

  /** The PCE's SVN as certified. */
  public int pceSvn() {
    return pceSvn;
  }

  /** The CPUSVN as certified, 16 bytes. */
  public byte[] cpuSvn() {
    return cpuSvn == null ? Bytes.ofSvns(components) : cpuSvn.clone();
  }

  /** The FMSPC as certified, 6 bytes. */
  public byte[] fmspc() {
    return fmspc.clone();
  }

  /** The PCE identifier as certified, 2 bytes. */
  public byte[] pceId() {
    return pceId.clone();
  }

  /** The PPID as certified, 16 bytes. */
  public byte[] ppid() {
    return ppid.clone();
  }

  /** The FMSPC as certified, upper-case hex. */
  public String fmspcHex() {
    return Bytes.upperHex(fmspc);
  }

  ASN1Encodable encode() {
    List<ASN1Encodable> fields = new ArrayList<>();
    add(fields, 1, new DEROctetString(ppid));
    add(fields, TCB, tcb());
    add(fields, 3, new DEROctetString(pceId));
    add(fields, 4, new DEROctetString(fmspc));
    add(fields, 5, new ASN1Enumerated(sgxType));
    if (platformInstanceId != null) {
      add(fields, 6, new DEROctetString(platformInstanceId));
      add(fields, 7, configuration());
    }
    return sequence(fields);
  }

  private void add(List<ASN1Encodable> fields, int number, ASN1Encodable value) {
    if (!omitted.contains(number)) {
      fields.add(entry(OID + "." + number, value));
    }
  }

  private ASN1Encodable tcb() {
    String prefix = OID + "." + TCB + ".";
    List<ASN1Encodable> fields = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      fields.add(entry(prefix + (i + 1), new ASN1Integer(components.get(i))));
    }
    fields.add(entry(prefix + PCE_SVN, new ASN1Integer(pceSvn)));
    fields.add(entry(prefix + CPU_SVN, new DEROctetString(cpuSvn())));
    return sequence(fields);
  }

  /** Dynamic platform, cached keys, simultaneous multithreading. */
  private ASN1Encodable configuration() {
    String prefix = OID + ".7.";
    return sequence(
        List.of(
            entry(prefix + 1, ASN1Boolean.TRUE),
            entry(prefix + 2, ASN1Boolean.getInstance(cachedKeys)),
            entry(prefix + 3, ASN1Boolean.TRUE)));
  }

  private static ASN1Encodable entry(String oid, ASN1Encodable value) {
    return sequence(List.of(new ASN1ObjectIdentifier(oid), value));
  }

  private static ASN1Encodable sequence(List<ASN1Encodable> parts) {
    ASN1EncodableVector vector = new ASN1EncodableVector();
    parts.forEach(vector::add);
    return new DERSequence(vector);
  }
}
