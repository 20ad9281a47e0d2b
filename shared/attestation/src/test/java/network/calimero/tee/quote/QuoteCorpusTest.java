package network.calimero.tee.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import network.calimero.tee.Corpus;
import network.calimero.tee.quote.QuoteFormatException.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Quotes that Intel's own library judged. */
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
}
