package network.calimero.tee.dcap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.quote.Fmspc;

/**
 * The SGX extension of a PCK certificate, 1.2.840.113741.1.13.1 (Intel "SGX PCK Certificate and CRL
 * Profile"): which platform it is and how far it is patched.
 *
 * @param ppid 16 bytes
 * @param components the 16 SGX component SVNs
 * @param pceId 2 bytes
 * @param sgxType 0 standard, 1 scalable, 2 scalable with integrity
 */
record PckExtension(
    Bytes ppid, List<Integer> components, int pceSvn, Bytes pceId, Fmspc fmspc, int sgxType) {
  private static final String OID = "2a864886f84d010d01";
  private static final String TCB = OID + "02";
  private static final int COMPONENTS = 16;
  private static final int PCE_SVN = 17;
  private static final int CPU_SVN = 18;
  private static final int MAX_SGX_TYPE = 2;

  static PckExtension read(Certificate certificate) throws MalformedException {
    Optional<Bytes> value = certificate.extensions().value(OID);
    if (value.isEmpty()) {
      throw new MalformedException("certificate has no SGX extension");
    }
    return read(value.get());
  }

  static PckExtension read(Bytes value) throws MalformedException {
    Reader reader = new Reader();
    Der list = Der.only(value, Der.SEQUENCE).reader();
    while (list.hasNext()) {
      reader.entry(list.next(Der.SEQUENCE).reader());
    }
    return reader.result();
  }

  /**
   * Collects the entries, each at most once; unknown ones (platform instance, configuration) pass.
   */
  private static final class Reader {
    private Optional<Bytes> ppid = Optional.empty();
    private Optional<Bytes> pceId = Optional.empty();
    private Optional<Bytes> cpuSvn = Optional.empty();
    private Optional<Bytes> fmspc = Optional.empty();
    private final List<Integer> svns = new ArrayList<>(Collections.nCopies(PCE_SVN, -1));
    private boolean tcbSeen;
    private int sgxType = -1;

    void entry(Der entry) throws MalformedException {
      String oid = entry.oid();
      switch (oid) {
        case OID + "01" -> ppid = once(ppid, octets(entry, 16));
        case TCB -> tcb(entry.next(Der.SEQUENCE).reader());
        case OID + "03" -> pceId = once(pceId, octets(entry, 2));
        case OID + "04" -> fmspc = once(fmspc, octets(entry, 6));
        case OID + "05" -> {
          if (sgxType >= 0) {
            throw new MalformedException("SGX extension names its type twice");
          }
          sgxType = Der.integer(entry.next(Der.ENUMERATED), 1).intValue();
          if (sgxType < 0 || sgxType > MAX_SGX_TYPE) {
            throw new MalformedException("SGX extension names type " + sgxType);
          }
        }
        default -> entry.next();
      }
      entry.end();
    }

    private void tcb(Der list) throws MalformedException {
      if (tcbSeen) {
        throw new MalformedException("SGX extension has two TCBs");
      }
      tcbSeen = true;
      while (list.hasNext()) {
        Der entry = list.next(Der.SEQUENCE).reader();
        String oid = entry.oid();
        if (!oid.startsWith(TCB) || oid.length() != TCB.length() + 2) {
          throw new MalformedException("TCB of the SGX extension holds " + oid);
        }
        component(Integer.parseInt(oid.substring(TCB.length()), 16), entry);
        entry.end();
      }
    }

    private void component(int index, Der entry) throws MalformedException {
      if (index == CPU_SVN) {
        // The raw register; the components above are what levels speak of.
        cpuSvn = once(cpuSvn, octets(entry, 16));
        return;
      }
      if (index < 1 || index > PCE_SVN || svns.get(index - 1) != -1) {
        throw new MalformedException("TCB component " + index + " is unknown or there twice");
      }
      int svn = entry.unsignedInt();
      if (svn > (index == PCE_SVN ? 65_535 : 255)) {
        throw new MalformedException("TCB component " + index + " is " + svn);
      }
      svns.set(index - 1, svn);
    }

    private static Optional<Bytes> once(Optional<Bytes> before, Bytes value)
        throws MalformedException {
      if (before.isPresent()) {
        throw new MalformedException("SGX extension holds a field twice");
      }
      return Optional.of(value);
    }

    private static Bytes octets(Der entry, int length) throws MalformedException {
      Bytes content = entry.next(Der.OCTET_STRING).content();
      if (content.length() != length) {
        throw new MalformedException(
            "SGX extension holds " + content.length() + " bytes, not " + length);
      }
      return content;
    }

    PckExtension result() throws MalformedException {
      if (svns.contains(-1) || cpuSvn.isEmpty() || sgxType < 0) {
        throw new MalformedException("SGX extension is incomplete");
      }
      return new PckExtension(
          required(ppid),
          List.copyOf(svns.subList(0, COMPONENTS)),
          svns.get(PCE_SVN - 1),
          required(pceId),
          new Fmspc(required(fmspc)),
          sgxType);
    }

    private static Bytes required(Optional<Bytes> value) throws MalformedException {
      return value.orElseThrow(() -> new MalformedException("SGX extension is incomplete"));
    }
  }
}
