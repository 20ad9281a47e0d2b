package network.calimero.tee.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.quote.CertificationData;
import network.calimero.tee.simulator.quote.HeaderField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuoteTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final byte[] REPORT_DATA = Bytes.unhex("ab".repeat(64));

  private final SimulatedPlatform platform = SimulatedPlatform.builder(NOW).seed("quote").build();
  private final SimulatedTdxMachine machine = platform.launch(TdImage.named("kms"));

  @ParameterizedTest
  @EnumSource
  void everySignatureAndHashHolds(QuoteFormat format) throws GeneralSecurityException {
    QuoteBytes quote = new QuoteBytes(quote(format));
    assertThat(quote.u16(0)).isEqualTo(format.version());
    assertThat(quote.u16(2)).isEqualTo(2);
    assertThat(quote.u32(4)).isEqualTo(format == QuoteFormat.SGX_V3 ? 0 : 0x81);
    assertThat(quote.at(12, 16)).isEqualTo(Bytes.unhex("939a7233f79c4ca9940a0db3957f0607"));
    assertThat(quote.trailing()).isZero();
    assertThat(signatureHolds(quote)).isTrue();
    assertThat(qeSignatureHolds(quote)).isTrue();
    byte[] binding = Jdk.hash("SHA-256", quote.attestationKey(), quote.qeAuthData());
    assertThat(Arrays.copyOfRange(quote.qeReport(), 320, 352)).isEqualTo(binding);
    assertThat(Arrays.copyOfRange(quote.qeReport(), 352, 384)).containsOnly(0);
  }

  @Test
  void fieldsStandWhereTheFormatSays() {
    QuoteBytes v4 = new QuoteBytes(quote(QuoteFormat.TDX_V4));
    assertThat(v4.at(184, 48)).isEqualTo(machine.mrTd());
    assertThat(v4.at(376, 48)).isEqualTo(machine.rtmr(0));
    assertThat(v4.at(376 + 144, 48)).isEqualTo(machine.rtmr(3));
    assertThat(v4.at(568, 64)).isEqualTo(REPORT_DATA);
    assertThat(v4.at(48, 16)).startsWith(5, 1, 4, 0);
    assertThat(v4.at(168, 8)).isEqualTo(Bytes.unhex("0000001000000000"));
    QuoteBytes v5 = new QuoteBytes(quote(QuoteFormat.TDX_V5_TD15));
    assertThat(v5.u16(48)).isEqualTo(3);
    assertThat(v5.u32(50)).isEqualTo(648);
    assertThat(v5.at(190, 48)).isEqualTo(machine.mrTd());
    assertThat(v5.at(574, 64)).isEqualTo(REPORT_DATA);
    assertThat(v5.at(638, 16)).startsWith(5, 1, 4, 0);
    assertThat(v5.at(654, 48)).containsOnly(0);
  }

  @Test
  void sgxQuoteNamesTheVersionsOfItsEnclaves() {
    QuoteBytes quote = new QuoteBytes(platform.loadEnclave("app").quote(REPORT_DATA));
    assertThat(quote.u16(8)).isEqualTo(4);
    assertThat(quote.u16(10)).isEqualTo(11);
    assertThat(quote.at(48 + 320, 64)).isEqualTo(REPORT_DATA);
    assertThat(quote.certificationType()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"1, 36", "2, 276", "3, 404", "7, 512", "0, 0"})
  void certificationDataHaveTheirTypeAndSize(int type, int size) {
    byte[] bytes =
        SimulatedPlatform.builder(NOW)
            .certificationType(type)
            .build()
            .launch(TdImage.named("kms"))
            .quote(REPORT_DATA);
    QuoteBytes quote = new QuoteBytes(bytes);
    assertThat(quote.outerType()).isEqualTo(6);
    assertThat(quote.certificationType()).isEqualTo(type);
    assertThat(quote.certificationData()).hasSize(size);
  }

  @Test
  void chainTextCanBeReorderedAndDecorated() throws GeneralSecurityException {
    SimulatedPlatform odd =
        SimulatedPlatform.builder(NOW).chainText(Pem::crlf).chainText(pem -> pem + "\0").build();
    byte[] bytes = odd.launch(TdImage.named("kms")).quote(REPORT_DATA);
    String text = new String(new QuoteBytes(bytes).certificationData(), US_ASCII);
    assertThat(text).endsWith("-----END CERTIFICATE-----\r\n\0");
    assertThat(Jdk.chain(text.replace("\0", ""))).hasSize(3);
    assertThat(Jdk.chain(Pem.chain(platform.pki().root(), platform.pck())))
        .extracting(X509Certificate::getBasicConstraints)
        .containsExactly(1, -1);
  }

  @Test
  void onePartAtATimeCanBeSpoiled() throws GeneralSecurityException {
    assertThat(signatureHolds(spoiled(q -> q.quoteSignature(s -> Bytes.flip(s, 5))))).isFalse();
    assertThat(signatureHolds(spoiled(q -> q.afterSigning(b -> Bytes.flip(b, 600))))).isFalse();
    assertThat(qeSignatureHolds(spoiled(q -> q.qeReportSignature(s -> Bytes.flip(s, 5)))))
        .isFalse();
    assertThat(qeSignatureHolds(spoiled(q -> q.qeReportAfterSigning(r -> Bytes.flip(r, 0)))))
        .isFalse();
    QuoteBytes otherHash = spoiled(q -> q.qeReportData(d -> Bytes.flip(d, 0)));
    assertThat(qeSignatureHolds(otherHash)).isTrue();
    assertThat(Arrays.copyOfRange(otherHash.qeReport(), 320, 352))
        .isNotEqualTo(Jdk.hash("SHA-256", otherHash.attestationKey(), otherHash.qeAuthData()));
  }

  @Test
  void bothFormsOfASignatureAreValid() throws GeneralSecurityException {
    QuoteBytes high = spoiled(q -> q.quoteSignature(SimulatedKey::highS));
    QuoteBytes mirrored = spoiled(q -> q.quoteSignature(SimulatedKey::mirrored));
    assertThat(signatureHolds(high)).isTrue();
    assertThat(signatureHolds(mirrored)).isTrue();
    assertThat(high.signature()[32]).isNegative();
  }

  @Test
  void sizesAndSlackCanBeSetAtWill() {
    QuoteBytes quote =
        spoiled(q ->
            q.trailing(new byte[70])
                .authSlack(new byte[5])
                .outerSlack(new byte[3])
                .qeAuthData(new byte[0])
                .certification(CertificationData.of(9, new byte[] {1})));
    assertThat(quote.trailing()).isEqualTo(70);
    assertThat(quote.outerSize()).isEqualTo(384 + 64 + 2 + 6 + 1 + 3);
    assertThat(quote.authSize()).isEqualTo(128 + 6 + quote.outerSize() + 5);
    assertThat(quote.certificationType()).isEqualTo(9);
    assertThat(spoiled(q -> q.authSize(0xffffffffL)).authSize()).isEqualTo(-1);
    assertThat(spoiled(q -> q.outerSize(7).outerType(5)).outerType()).isEqualTo(5);
  }

  @Test
  void everyFieldOfHeaderAndReportsCanBeSet() throws GeneralSecurityException {
    QuoteBytes quote =
        spoiled(q ->
            q.header(h -> h.set(HeaderField.QE_VENDOR_ID, new byte[16]))
                .td(td -> td.setBit(TdField.TD_ATTRIBUTES, 63, true))
                .td(td -> td.set(TdField.MR_SIGNER_SEAM, "11".repeat(48))));
    assertThat(quote.at(12, 16)).containsOnly(0);
    assertThat(quote.at(175, 1)).containsExactly(0x80);
    assertThat(quote.at(112, 48)).containsOnly(0x11);
    assertThat(signatureHolds(quote)).isTrue();
  }

  @Test
  void fieldsOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> spoiled(q -> q.td(td -> td.set(TdField.XFAM, "00"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("XFAM has 8 bytes, not 1");
  }

  private byte[] quote(QuoteFormat format) {
    return format == QuoteFormat.SGX_V3
        ? platform.loadEnclave("app").quote(REPORT_DATA)
        : machine.quote(format, REPORT_DATA, q -> {});
  }

  private QuoteBytes spoiled(Consumer<QuoteBuilder> change) {
    return new QuoteBytes(machine.quote(REPORT_DATA, change));
  }

  private static boolean signatureHolds(QuoteBytes quote) throws GeneralSecurityException {
    return Jdk.verifies(
        Jdk.publicKey(quote.attestationKey()), quote.signedPart(), quote.signature());
  }

  private boolean qeSignatureHolds(QuoteBytes quote) throws GeneralSecurityException {
    List<X509Certificate> chain = Jdk.chain(platform.pckChain());
    return Jdk.verifies(
        chain.getFirst().getPublicKey(), quote.qeReport(), quote.qeReportSignature());
  }
}
