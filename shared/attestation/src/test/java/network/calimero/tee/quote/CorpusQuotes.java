package network.calimero.tee.quote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.Corpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The corpus's quotes of real machines, compared field by field with what it says of them. */
public final class CorpusQuotes {
  /** Fields that are read from the PCK certificate, which parsing a quote does not look into. */
  private static final Set<String> OF_THE_CERTIFICATES =
      Set.of(
          "fmspc",
          "pceid",
          "ppid",
          "pck_cpusvn",
          "pck_pcesvn",
          "sgx_type",
          "ca",
          "root_sha256",
          "pck_leaf",
          "pck_chain_len",
          "parse_error",
          "core_sha256");

  private CorpusQuotes() {}

  /** What is wrong with each quote that does not parse to its fields; the others count. */
  public static int countRight(List<String> wrong) {
    int right = 0;
    for (var entry : Corpus.json("EXPECTED.json").get("quotes").properties()) {
      List<String> problems = problems(entry.getKey(), entry.getValue());
      wrong.addAll(problems);
      right += problems.isEmpty() ? 1 : 0;
    }
    return right;
  }

  private static List<String> problems(String file, JsonNode expected) {
    Map<String, Object> fields;
    try {
      fields = fields(Quote.parse(Corpus.bytes(file)));
    } catch (QuoteFormatException e) {
      return List.of(file + ": " + e.getMessage());
    }
    List<String> problems = new ArrayList<>();
    for (var field : expected.properties()) {
      Object must = plain(field.getValue());
      Object found = fields.get(field.getKey());
      if (!OF_THE_CERTIFICATES.contains(field.getKey()) && !must.equals(found)) {
        problems.add("%s: %s must be %s, got %s".formatted(file, field.getKey(), must, found));
      }
    }
    return problems;
  }

  /** A quote's fields by the corpus's names for them. */
  private static Map<String, Object> fields(Quote quote) {
    Map<String, Object> all = new LinkedHashMap<>();
    QuoteHeader header = quote.header();
    all.put("version", header.version());
    all.put("attestation_key_type", header.attestationKeyType());
    all.put("tee_type", "0x%08x".formatted(header.teeType().code()));
    all.put("header_word8", littleEndian(header.qeSvn()) + littleEndian(header.pceSvn()));
    all.put("qe_vendor_id", header.qeVendorId().hex());
    all.put("user_data", header.userData().hex());
    all.put("body_type", quote.body().bodyType().code());
    all.put("body_size", quote.body().bodyType().size());
    all.put("report_kind", kind(quote.body().bodyType()));
    all.put("debug", quote.body().isDebug());
    all.put("report_data", quote.body().reportData().hex());
    switch (quote.body()) {
      case TdReport report -> putTdReport(all, report);
      case EnclaveReport report -> all.putAll(enclaveReport(report));
    }
    putSignatureData(all, quote);
    all.put("declared_len", quote.declaredLength());
    all.put("file_len", quote.bytes().length());
    all.put("trailing_bytes_in_file", quote.trailingBytes());
    return all;
  }

  private static void putTdReport(Map<String, Object> all, TdReport report) {
    all.put("tee_tcb_svn", report.teeTcbSvn().hex());
    all.put("mr_seam", report.mrSeam().hex());
    all.put("mr_signer_seam", report.mrSignerSeam().hex());
    all.put("seam_attributes", report.seamAttributes().hex());
    all.put("td_attributes", report.tdAttributes().hex());
    all.put("xfam", report.xfam().hex());
    all.put("mr_td", report.mrTd().hex());
    all.put("mr_config_id", report.mrConfigId().hex());
    all.put("mr_owner", report.mrOwner().hex());
    all.put("mr_owner_config", report.mrOwnerConfig().hex());
    for (int i = 0; i < 4; i++) {
      all.put("rtmr" + i, report.rtmrs().get(i).hex());
    }
    TdReport15 extension = report.extension15();
    if (extension != null) {
      all.put("tee_tcb_svn2", extension.teeTcbSvn2().hex());
      all.put("mr_service_td", extension.mrServiceTd().hex());
    }
  }

  private static Map<String, Object> enclaveReport(EnclaveReport report) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("cpu_svn", report.cpuSvn().hex());
    all.put("misc_select", report.miscSelect().hex());
    all.put("attributes", report.attributes().hex());
    all.put("mr_enclave", report.mrEnclave().hex());
    all.put("mr_signer", report.mrSigner().hex());
    all.put("isv_prod_id", report.isvProdId());
    all.put("isv_svn", report.isvSvn());
    return all;
  }

  private static void putSignatureData(Map<String, Object> all, Quote quote) {
    SignatureData data = quote.signatureData();
    int before = quote.signedBytes().length() + 4;
    int certified = 384 + 64 + 2 + data.qeAuthData().length() + 6;
    int inner = data.certificationData().data().length();
    int outer = quote.header().version() == 3 ? 0 : 6;
    all.put("signature_data_len", quote.declaredLength() - before);
    all.put("outer_cert_type", 6);
    all.put("outer_cert_len", certified + inner);
    all.put("qe_report", enclaveReport(data.qeReport()));
    all.put("qe_auth_len", data.qeAuthData().length());
    all.put("inner_cert_type", data.certificationData().type());
    all.put("inner_cert_len", inner);
    all.put("sigdata_unused", quote.declaredLength() - before - 128 - outer - certified - inner);
  }

  private static String kind(BodyType type) {
    return switch (type) {
      case ENCLAVE_REPORT -> "sgx";
      case TD_REPORT_10 -> "td10";
      case TD_REPORT_15 -> "td15";
    };
  }

  private static String littleEndian(int u16) {
    return "%02x%02x".formatted(u16 & 0xff, u16 >> 8);
  }

  private static Object plain(JsonNode value) {
    return JsonMapper.shared().convertValue(value, Object.class);
  }
}
