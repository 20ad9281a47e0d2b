package network.calimero.tee.quote;

import network.calimero.tee.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A quote as JSON, every field by name: keys always in the same order, byte strings in lower-case
 * hex in the order of the bytes, so that the same quote is the same text.
 *
 * <p>The top level repeats what is asked for most; {@code header}, {@code body} and {@code
 * signatureData} hold everything. Bytes after the quote are counted, not shown.
 */
public final class QuoteJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private QuoteJson() {}

  /** The quote as an object that the caller may add to. */
  public static ObjectNode of(Quote quote) {
    ObjectNode node = object();
    node.put("version", quote.header().version());
    node.put("teeType", quote.teeType().name());
    switch (quote.body()) {
      case TdReport report -> putTdSummary(node, report);
      case EnclaveReport report -> putEnclaveSummary(node, report);
    }
    node.put("declaredLength", quote.declaredLength());
    node.put("trailingBytes", quote.trailingBytes());
    node.set("header", header(quote.header()));
    node.set("body", body(quote.body()));
    node.set("signatureData", signatureData(quote.signatureData()));
    return node;
  }

  /** {@link #of} without white space. */
  public static String text(Quote quote) {
    return MAPPER.writeValueAsString(of(quote));
  }

  private static void putTdSummary(ObjectNode node, TdReport report) {
    node.put("mrtd", report.mrTd().hex());
    putRtmrs(node, report);
    node.put("reportData", report.reportData().hex());
    node.put("debug", report.isDebug());
  }

  private static void putEnclaveSummary(ObjectNode node, EnclaveReport report) {
    node.put("mrenclave", report.mrEnclave().hex());
    node.put("mrsigner", report.mrSigner().hex());
    node.put("isvProdId", report.isvProdId());
    node.put("isvSvn", report.isvSvn());
    node.put("reportData", report.reportData().hex());
    node.put("debug", report.isDebug());
  }

  private static ObjectNode header(QuoteHeader header) {
    ObjectNode node = object();
    node.put("version", header.version());
    node.put("attestationKeyType", header.attestationKeyType());
    node.put("teeType", header.teeType().code());
    // Reserved since version 4; shown all the same, for it is signed.
    node.put("qeSvn", header.qeSvn());
    node.put("pceSvn", header.pceSvn());
    put(node, "qeVendorId", header.qeVendorId());
    put(node, "userData", header.userData());
    return node;
  }

  private static ObjectNode body(ReportBody body) {
    ObjectNode node = object();
    node.put("type", body.bodyType().code());
    node.put("size", body.bodyType().size());
    switch (body) {
      case TdReport report -> putTdReport(node, report);
      case EnclaveReport report -> putEnclaveReport(node, report);
    }
    return node;
  }

  private static void putTdReport(ObjectNode node, TdReport report) {
    put(node, "teeTcbSvn", report.teeTcbSvn());
    node.put("mrseam", report.mrSeam().hex());
    node.put("mrsignerseam", report.mrSignerSeam().hex());
    put(node, "seamattributes", report.seamAttributes());
    node.put("tdattributes", report.tdAttributes().hex());
    put(node, "xfam", report.xfam());
    node.put("mrtd", report.mrTd().hex());
    node.put("mrconfigid", report.mrConfigId().hex());
    node.put("mrowner", report.mrOwner().hex());
    node.put("mrownerconfig", report.mrOwnerConfig().hex());
    putRtmrs(node, report);
    node.put("reportData", report.reportData().hex());
    @Nullable TdReport15 extension = report.extension15();
    if (extension != null) {
      put(node, "teeTcbSvn2", extension.teeTcbSvn2());
      node.put("mrservicetd", extension.mrServiceTd().hex());
    }
  }

  private static void putRtmrs(ObjectNode node, TdReport report) {
    node.put("rtmr0", report.rtmr0().hex());
    node.put("rtmr1", report.rtmr1().hex());
    node.put("rtmr2", report.rtmr2().hex());
    node.put("rtmr3", report.rtmr3().hex());
  }

  private static void putEnclaveReport(ObjectNode node, EnclaveReport report) {
    put(node, "cpuSvn", report.cpuSvn());
    put(node, "miscSelect", report.miscSelect());
    put(node, "reserved1", report.reserved1());
    put(node, "attributes", report.attributes());
    put(node, "mrenclave", report.mrEnclave());
    put(node, "reserved2", report.reserved2());
    put(node, "mrsigner", report.mrSigner());
    put(node, "reserved3", report.reserved3());
    node.put("isvProdId", report.isvProdId());
    node.put("isvSvn", report.isvSvn());
    put(node, "reserved4", report.reserved4());
    node.put("reportData", report.reportData().hex());
  }

  private static ObjectNode signatureData(SignatureData data) {
    ObjectNode node = object();
    put(node, "signature", data.signature());
    put(node, "attestationKey", data.attestationKey());
    node.set("qeReport", body(data.qeReport()));
    put(node, "qeReportSignature", data.qeReportSignature());
    put(node, "qeAuthData", data.qeAuthData());
    node.set("certificationData", certificationData(data.certificationData()));
    return node;
  }

  private static ObjectNode certificationData(CertificationData data) {
    ObjectNode node = object();
    node.put("type", data.type());
    put(node, "data", data.data());
    if (data instanceof CertificationData.Ppid ppid) {
      ppid.identity().ifPresent(identity -> putIdentity(node, identity));
    }
    return node;
  }

  private static void putIdentity(ObjectNode node, PlatformIdentity identity) {
    put(node, "ppid", identity.ppid());
    put(node, "cpuSvn", identity.cpuSvn());
    node.put("pceSvn", identity.pceSvn());
    put(node, "pceId", identity.pceId());
  }

  private static void put(ObjectNode node, String key, Bytes value) {
    node.put(key, value.hex());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
