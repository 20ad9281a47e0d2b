package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteFormatException.Fault;
import network.calimero.tee.simulator.quote.CertificationData;
import network.calimero.tee.simulator.quote.HeaderField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Genuine, well-signed quotes whose form has one fault: they are refused before any key is. */
class QuoteFormFaultsTest {

  record Case(String name, Fault fault, String cause, Consumer<Scenario> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({"headers", "bodies", "sizes", "certificationData"})
  void isRefusedForItsReason(Case one) {
    Scenario scenario = new Scenario();
    one.change().accept(scenario);
    Bytes quote = scenario.evidence().quote();
    assertThatExceptionOfType(QuoteFormatException.class)
        .isThrownBy(() -> Quote.parse(quote))
        .withMessageContaining(one.cause())
        .extracting(QuoteFormatException::fault)
        .isEqualTo(one.fault());
  }

  static Stream<Case> headers() {
    Stream<Case> versions =
        IntStream.of(0, 1, 2, 6, 255, 0x0403)
            .mapToObj(version ->
                header(
                    "version " + version,
                    Fault.UNSUPPORTED_VERSION,
                    "found version %d, expected version 3, 4 or 5".formatted(version),
                    HeaderField.VERSION,
                    version));
    Stream<Case> keyTypes =
        IntStream.of(0, 1, 3, 255)
            .mapToObj(type ->
                header(
                    "attestation key type " + type,
                    Fault.UNSUPPORTED_ATTESTATION_KEY_TYPE,
                    "found type %d, expected type 2".formatted(type),
                    HeaderField.ATTESTATION_KEY_TYPE,
                    type));
    return Stream.concat(
        Stream.concat(versions, keyTypes),
        Stream.of(
            header(
                "TEE type 0x80",
                Fault.UNSUPPORTED_TEE_TYPE,
                "found 0x80, expected 0x0 (SGX) or 0x81 (TDX)",
                HeaderField.TEE_TYPE,
                0x80),
            new Case(
                "TDX in version 3",
                Fault.TEE_NOT_ALLOWED_IN_VERSION,
                "found TDX in version 3, expected SGX",
                s -> s.sgx().quote(q -> q.header(h -> h.set(HeaderField.TEE_TYPE, 0x81)))),
            quote(
                "vendor",
                Fault.UNKNOWN_QE_VENDOR,
                "found 01000000000000000000000000000000, expected 939a7233f79c4ca9940a0db3957f0607",
                q ->
                    q.header(h ->
                        h.set(HeaderField.QE_VENDOR_ID, "01000000000000000000000000000000")))));
  }

  static Stream<Case> bodies() {
    return Stream.of(
        body("body type 0", Fault.UNSUPPORTED_BODY_TYPE, "found type 0", q -> q.bodyType(0)),
        body("body type 5", Fault.UNSUPPORTED_BODY_TYPE, "found type 5", q -> q.bodyType(5)),
        body(
            "body type 4, TD_REPORT15EX",
            Fault.UNSUPPORTED_BODY_TYPE,
            "found type 4 (TD_REPORT15EX, which is not read here)",
            q -> q.bodyType(4).body(b -> Arrays.copyOf(b, 885))),
        body(
            "an enclave's body in a TD's quote",
            Fault.BODY_OF_OTHER_TEE,
            "found ENCLAVE_REPORT in a quote for TDX",
            q -> q.bodyType(1).body(b -> Arrays.copyOf(b, 384))),
        body(
            "a TD's body in an enclave's quote",
            Fault.BODY_OF_OTHER_TEE,
            "found TD_REPORT_15 in a quote for SGX",
            q -> q.header(h -> h.set(HeaderField.TEE_TYPE, 0))),
        body(
            "body of one byte more",
            Fault.BODY_SIZE_MISMATCH,
            "found 649 bytes, expected 648 bytes",
            q -> q.body(b -> Arrays.copyOf(b, 649))),
        body(
            "body of report 1.0 called 1.5",
            Fault.BODY_SIZE_MISMATCH,
            "found 584 bytes, expected 648 bytes",
            q -> q.body(b -> Arrays.copyOf(b, 584))),
        body(
            "body of 4 GiB",
            Fault.BODY_SIZE_MISMATCH,
            "found 4294967295 bytes",
            q -> q.bodySize(0xffffffffL)));
  }

  static Stream<Case> sizes() {
    return Stream.of(
        quote(
            "auth data of 4 GiB",
            Fault.SIZE_PAST_END,
            "found auth data of 4294967295 bytes",
            q -> q.authSize(0xffffffffL)),
        quote(
            "auth data of nothing",
            Fault.TRUNCATED,
            "found 0 bytes left, expected 64 bytes (quote signature)",
            q -> q.authSize(0)),
        quote(
            "auth data that ends in the QE report",
            Fault.SIZE_PAST_END,
            "outer certification data",
            q -> q.authSize(200)),
        quote(
            "outer certification data of 4 GiB",
            Fault.SIZE_PAST_END,
            "found outer certification data of 4294967295 bytes",
            q -> q.outerSize(0xffffffffL)),
        quote(
            "outer certification data that ends in the QE report",
            Fault.TRUNCATED,
            "(QE report)",
            q -> q.outerSize(100)),
        quote(
            "slack in the outer certification data",
            Fault.SLACK_IN_OUTER_CERTIFICATION,
            "found 1 bytes more, expected its end",
            q -> q.outerSlack(new byte[1])),
        quote(
            "QE auth data past the end",
            Fault.SIZE_PAST_END,
            "QE auth data",
            q -> q.qeAuthData(new byte[65_000]).outerSize(3_000)),
        quote(
            "certification data of 4 GiB",
            Fault.SIZE_PAST_END,
            "found certification data of 4294967295 bytes",
            q -> q.encodedCertification(size(0xffffffffL))),
        new Case(
            "certification data of an SGX quote of one byte more",
            Fault.SIZE_PAST_END,
            "certification data of 11 bytes",
            s ->
                s.sgx()
                    .quote(q ->
                        q.certification(CertificationData.of(5, new byte[10]))
                            .encodedCertification(size(11)))));
  }

  static Stream<Case> certificationData() {
    return Stream.of(
        inner(0), inner(6), inner(8), inner(0x0105), outer(0), outer(5), outer(7), outer(0x0106));
  }

  private static Case inner(int type) {
    return quote(
        "certification data type " + type,
        Fault.UNSUPPORTED_CERTIFICATION_TYPE,
        "found type " + type,
        q -> q.certification(CertificationData.of(type, new byte[20])));
  }

  private static Case outer(int type) {
    return quote(
        "outer certification data type " + type,
        Fault.UNSUPPORTED_OUTER_CERTIFICATION_TYPE,
        "found type %d, expected type 6".formatted(type),
        q -> q.outerType(type));
  }

  @ParameterizedTest
  @EnumSource(QuoteFormat.class)
  void everyQuoteThatIsCutShortIsRefused(QuoteFormat format) {
    Scenario scenario = new Scenario().format(format);
    Bytes quote = (format.isSgx() ? scenario.sgx() : scenario).evidence().quote();
    assertThat(Scenario.parse(quote).declaredLength()).isEqualTo(quote.length());
    for (int length = 0; length < quote.length(); length++) {
      Bytes cut = quote.slice(0, length);
      assertThatExceptionOfType(QuoteFormatException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Quote.parse(cut))
          .extracting(QuoteFormatException::fault)
          .isIn(Fault.TRUNCATED, Fault.SIZE_PAST_END);
    }
  }

  private static Case quote(String name, Fault fault, String cause, Consumer<QuoteBuilder> change) {
    return new Case(name, fault, cause, s -> s.quote(change));
  }

  private static Case body(String name, Fault fault, String cause, Consumer<QuoteBuilder> change) {
    return new Case(name, fault, cause, s -> s.format(QuoteFormat.TDX_V5_TD15).quote(change));
  }

  private static Case header(
      String name, Fault fault, String cause, HeaderField field, long value) {
    return quote(name, fault, cause, q -> q.header(h -> h.set(field, value)));
  }

  /** Another size in encoded certification data: type u16, size u32, bytes. */
  private static UnaryOperator<byte[]> size(long claimed) {
    return encoded -> {
      byte[] changed = encoded.clone();
      for (int i = 0; i < 4; i++) {
        changed[2 + i] = (byte) (claimed >>> (8 * i));
      }
      return changed;
    };
  }
}
