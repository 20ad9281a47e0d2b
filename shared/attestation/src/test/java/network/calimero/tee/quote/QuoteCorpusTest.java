package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.Corpus;
import network.calimero.tee.quote.QuoteFormatException.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Quotes of real machines, and those that Intel's own library judged. */
class QuoteCorpusTest {
  private static final Map<String, Fault> FORMAT_FAULTS =
      Map.of(
          "v3 with tee TDX", Fault.TEE_NOT_ALLOWED_IN_VERSION,
          "v5 td15ex body type4 (885)", Fault.UNSUPPORTED_BODY_TYPE,
          "relaunch: type4 td15ex launch OutOfDate current UpToDate", Fault.UNSUPPORTED_BODY_TYPE,
          "v5 body type 5", Fault.UNSUPPORTED_BODY_TYPE,
          "v5 body size+1", Fault.BODY_SIZE_MISMATCH,
          "cert type 6, chain in bundle", Fault.UNSUPPORTED_CERTIFICATION_TYPE,
          "slack inside outer cert data", Fault.SLACK_IN_OUTER_CERTIFICATION,
          "outer cert type 5 in v4", Fault.UNSUPPORTED_OUTER_CERTIFICATION_TYPE,
          "attestation key type 3", Fault.UNSUPPORTED_ATTESTATION_KEY_TYPE);

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

  @Test
  void realQuotesParseToTheFieldsOfTheCorpus() throws Exception {
    int parsed = 0;
    for (var entry : Corpus.json("EXPECTED.json").get("quotes").properties()) {
      Quote quote = Quote.parse(Corpus.bytes(entry.getKey()).toArray());
      Map<String, Object> expected = new LinkedHashMap<>();
      Map<String, Object> actual = new LinkedHashMap<>();
      Map<String, Object> fields = fields(quote);
      for (var field : entry.getValue().properties()) {
        if (!OF_THE_CERTIFICATES.contains(field.getKey())) {
          expected.put(field.getKey(), plain(field.getValue()));
          actual.put(field.getKey(), fields.get(field.getKey()));
        }
      }
      assertThat(actual).as(entry.getKey()).isEqualTo(expected);
      parsed++;
    }
    assertThat(parsed).isEqualTo(80);
    System.out.println("corpus quotes: " + parsed + "/80");
  }

  @Test
  void quotesWhoseFormatIntelRefusesAreRefusedAndTheOthersParse() throws Exception {
    int refused = 0;
    for (JsonNode item : Corpus.json("intel-executed/CASES.json").get("cases")) {
      String name = item.get("case").asString();
      byte[] bytes = Corpus.bytes("intel-executed/" + item.get("quote").asString()).toArray();
      Fault fault = FORMAT_FAULTS.get(name);
      boolean intelRefuses = item.get("intel_decided_by").asString().equals("quote_format");
      if (fault != null) {
        var failure = catchThrowableOfType(QuoteFormatException.class, () -> Quote.parse(bytes));
        assertThat(failure).as(name).isNotNull();
        assertThat(failure.fault()).as(name).isEqualTo(fault);
        refused++;
      } else {
        Quote quote = Quote.parse(bytes);
        boolean manifest =
            quote.signatureData().certificationData() instanceof CertificationData.PlatformManifest;
        assertThat(manifest)
            .as("%s: only a manifest may be read to be looked at", name)
            .isEqualTo(intelRefuses);
      }
    }
    assertThat(refused).isEqualTo(FORMAT_FAULTS.size());
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
