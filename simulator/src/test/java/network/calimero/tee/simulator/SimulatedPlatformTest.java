package network.calimero.tee.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatedPlatformTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void documentsAreSignedOverTheirExactText() throws GeneralSecurityException {
    SimulatedPlatform platform = SimulatedPlatform.at(NOW);
    for (SimulatedCollateral collateral :
        List.of(platform.collateral(), platform.sgxCollateral())) {
      X509Certificate signer = Jdk.chain(collateral.get("tcb_info_issuer_chain")).getFirst();
      for (String document : List.of("tcb_info", "qe_identity")) {
        String text = collateral.get(document);
        String signature = collateral.get(document + "_signature");
        assertThat(Jdk.verifies(signer.getPublicKey(), text, signature)).isTrue();
        assertThat(Jdk.verifies(signer.getPublicKey(), text + " ", signature)).isFalse();
        assertThat(JSON.readTree(text).toString()).isEqualTo(text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGenuinePlatformSatisfiesTheJdk(PckCa ca) throws GeneralSecurityException {
    SimulatedPlatform platform = SimulatedPlatform.builder(NOW).pckCa(ca).build();
    validatePck(platform);
    SimulatedCollateral collateral = platform.collateral();
    Jdk.validate(
        Jdk.chain(collateral.get("tcb_info_issuer_chain")).subList(0, 1),
        Jdk.certificate(platform.pki().root().der()),
        List.of(Jdk.crl(Jdk.unhex(collateral.get("root_ca_crl")))),
        NOW);
  }

  @ParameterizedTest
  @EnumSource(names = {"PCK", "PCK_CA"})
  void revokedCertificatesAreOnTheListThatIsForThem(Revoked which) {
    SimulatedPlatform platform = SimulatedPlatform.builder(NOW).revoke(which).build();
    assertThatThrownBy(() -> validatePck(platform))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            e -> assertThat(e.getReason()).hasToString("REVOKED"));
  }

  @Test
  void expiredAndFutureCertificatesAreOutOfTheirTime() {
    SimulatedPlatform expired = SimulatedPlatform.builder(NOW).pckExpired().build();
    SimulatedPlatform early = SimulatedPlatform.builder(NOW).pckNotYetValid().build();
    assertThatThrownBy(() -> validatePck(expired)).hasMessageContaining("validity check failed");
    assertThatThrownBy(() -> validatePck(early)).hasMessageContaining("validity check failed");
  }

  @ParameterizedTest
  @CsvSource({
    "UpToDate, 0",
    "SWHardeningNeeded, 0",
    "ConfigurationNeeded, 0",
    "ConfigurationAndSWHardeningNeeded, 0",
    "OutOfDate, 1",
    "OutOfDateConfigurationNeeded, 1",
    "Revoked, 1",
    "NeverHeardOf, 0"
  })
  void thePlatformsOwnLevelHasTheStatusAskedFor(String status, int levelsAbove) {
    SimulatedPlatform platform =
        SimulatedPlatform.builder(NOW).platformStatus(status, "INTEL-SA-99999").build();
    JsonNode levels = JSON.readTree(platform.collateral().get("tcb_info")).path("tcbLevels");
    JsonNode own = levels.get(levelsAbove);
    assertThat(own.path("tcbStatus").stringValue()).isEqualTo(status);
    assertThat(own.path("advisoryIDs").get(0).stringValue()).isEqualTo("INTEL-SA-99999");
    assertThat(own.path("tcb").path("sgxtcbcomponents").path(0).path("svn").intValue())
        .isEqualTo(4);
    if (levelsAbove > 0) {
      JsonNode above = levels.get(0).path("tcb").path("sgxtcbcomponents");
      assertThat(above.path(0).path("svn").intValue()).isEqualTo(5);
    }
  }

  @Test
  void qeAndModuleStatusesStandInTheirDocuments() {
    SimulatedCollateral collateral =
        SimulatedPlatform.builder(NOW)
            .qeStatus("Revoked")
            .moduleStatus("OutOfDate", "INTEL-SA-00007")
            .build()
            .collateral();
    JsonNode qe = JSON.readTree(collateral.get("qe_identity")).path("tcbLevels").path(1);
    assertThat(qe.path("tcb").path("isvsvn").intValue()).isEqualTo(4);
    assertThat(qe.path("tcbStatus").stringValue()).isEqualTo("Revoked");
    JsonNode module = JSON.readTree(collateral.get("tcb_info")).path("tdxModuleIdentities").path(1);
    assertThat(module.path("id").stringValue()).isEqualTo("TDX_01");
    assertThat(module.path("tcbLevels").path(1).path("tcbStatus").stringValue())
        .isEqualTo("OutOfDate");
  }

  @Test
  void sgxDocumentsHaveNothingOfTdx() {
    SimulatedCollateral collateral = SimulatedPlatform.at(NOW).sgxCollateral();
    assertThat(collateral.get("tcb_info"))
        .startsWith("{\"id\":\"SGX\",\"version\":3,")
        .doesNotContain("tdx");
    assertThat(collateral.get("qe_identity")).startsWith("{\"id\":\"QE\",\"version\":2,");
  }

  @Test
  void versionTwoIsWrittenTheOldWay() {
    SimulatedCollateral collateral =
        SimulatedPlatform.builder(NOW).tcbInfo(t -> t.version(2)).build().sgxCollateral();
    assertThat(collateral.get("tcb_info"))
        .startsWith("{\"version\":2,\"issueDate\":\"2026-05-31T12:00:00Z\"")
        .contains("\"tcb\":{\"sgxtcbcomp01svn\":4,")
        .contains("\"sgxtcbcomp16svn\":0,\"pcesvn\":11}");
  }

  @Test
  void documentsCanBeChangedBeforeAndAfterSigning() throws GeneralSecurityException {
    SimulatedCollateral collateral =
        SimulatedPlatform.builder(NOW)
            .tcbInfo(t -> t.tree(json -> json.remove("pceId")).text(text -> " " + text))
            .collateral(c -> c.change("qe_identity", text -> text + "\n"))
            .build()
            .collateral();
    X509Certificate signer = Jdk.chain(collateral.get("tcb_info_issuer_chain")).getFirst();
    assertThat(collateral.get("tcb_info")).startsWith(" {").doesNotContain("pceId");
    assertThat(
            Jdk.verifies(
                signer.getPublicKey(),
                collateral.get("tcb_info"),
                collateral.get("tcb_info_signature")))
        .isTrue();
    assertThat(
            Jdk.verifies(
                signer.getPublicKey(),
                collateral.get("qe_identity"),
                collateral.get("qe_identity_signature")))
        .isFalse();
  }

  @Test
  void documentsCanBeSignedBySomebodyElse() throws GeneralSecurityException {
    SimulatedPki pki = SimulatedPki.at(NOW);
    SimulatedCertificate signer =
        pki.issueTcbSigning("other", c -> c.issuedBy(pki.pckCa(PckCa.PLATFORM)));
    SimulatedCollateral collateral =
        SimulatedPlatform.builder(NOW).pki(pki).tcbSigner(signer).build().collateral();
    X509Certificate first = Jdk.chain(collateral.get("tcb_info_issuer_chain")).getFirst();
    assertThat(first.getIssuerX500Principal().getName()).endsWith("CN=Intel SGX PCK Platform CA");
    assertThat(
            Jdk.verifies(
                first.getPublicKey(),
                collateral.get("tcb_info"),
                collateral.get("tcb_info_signature")))
        .isTrue();
  }

  @Test
  void theCertificateCanSayOtherThanTheCollateral() {
    SimulatedPlatform platform =
        SimulatedPlatform.builder(NOW)
            .pck(c -> c.changeSgx(sgx -> sgx.fmspc(Bytes.unhex("0123456789ab"))))
            .build();
    assertThat(platform.fmspc()).isEqualTo("0123456789AB");
    assertThat(platform.collateral().get("tcb_info")).contains("\"fmspc\":\"50A06D5EED00\"");
  }

  @Test
  void exchangeFormReadsBack() {
    SimulatedCollateral collateral =
        SimulatedPlatform.builder(NOW).pckChainInCollateral().build().collateral();
    SimulatedCollateral again = SimulatedCollateral.parse(collateral.json());
    assertThat(again.parts()).isEqualTo(collateral.parts()).hasSize(10);
    assertThat(again.without("pck_crl").find("pck_crl")).isEmpty();
  }

  @Test
  void equalSeedsGiveEqualPlatforms() {
    SimulatedPlatform one = SimulatedPlatform.builder(NOW).seed("same").build();
    SimulatedPlatform two = SimulatedPlatform.builder(NOW).seed("same").build();
    assertThat(two.collateral().json()).isEqualTo(one.collateral().json());
    assertThat(two.launch(TdImage.named("kms")).quote(new byte[64]))
        .isEqualTo(one.launch(TdImage.named("kms")).quote(new byte[64]));
  }

  @Test
  void platformsCanShareAnAuthority() throws GeneralSecurityException {
    SimulatedPki pki = SimulatedPki.at(NOW);
    SimulatedPlatform good = SimulatedPlatform.builder(NOW).pki(pki).build();
    SimulatedPlatform old =
        SimulatedPlatform.builder(NOW)
            .pki(pki)
            .fmspc("00A06D080000")
            .platformStatus("OutOfDate")
            .build();
    assertThat(old.pki().root().der()).isEqualTo(good.pki().root().der());
    assertThat(old.pck().der()).isNotEqualTo(good.pck().der());
    assertThat(old.fmspc()).isEqualTo("00A06D080000");
    validatePck(good);
    validatePck(old);
  }

  @Test
  void registersExtendAndReplay() throws GeneralSecurityException {
    SimulatedTdxMachine machine = SimulatedPlatform.at(NOW).launch(TdImage.named("node"));
    byte[] before = machine.rtmr(3);
    byte[] digest = Hash.sha384("event");
    machine.extend(3, digest);
    assertThat(before).containsOnly(0);
    assertThat(machine.rtmr(3)).isEqualTo(Jdk.hash("SHA-384", before, digest));
    byte[] rtmr1 = new byte[48];
    for (var event : machine.events()) {
      if (event.register() == 1) {
        rtmr1 = Jdk.hash("SHA-384", rtmr1, Jdk.unhex(event.digest()));
      }
    }
    assertThat(machine.rtmr(1)).isEqualTo(rtmr1);
  }

  @Test
  void theSpecifiedNodeMeasurementComesOut() {
    SimulatedTdxMachine machine = SimulatedPlatform.at(NOW).launch(TdImage.named("node"));
    machine.extend(3, Hash.sha384("calimero-rtmr3-v2:node:locked-read-only:" + "0".repeat(64)));
    assertThat(Bytes.hex(machine.rtmr(3)))
        .isEqualTo(
            "b533e4047364b6ce042f58c53305593121d80b2f93f30660"
                + "e70ff35cac28711e6fa72fcba7326aa3483eb6d3c4e22fce");
  }

  @Test
  void imagesDecideWhatATdIs() {
    SimulatedPlatform platform = SimulatedPlatform.at(NOW);
    TdImage image = TdImage.named("kms");
    byte[] value = Hash.sha384("known");
    assertThat(platform.launch(image).mrTd())
        .isNotEqualTo(platform.launch(TdImage.named("node")).mrTd());
    assertThat(attributes(platform, image)).isEqualTo("0000001000000000");
    assertThat(attributes(platform, image.debug())).isEqualTo("0100001000000000");
    assertThat(attributes(platform, image.septVeDisableOff())).isEqualTo("0000000000000000");
    assertThat(attributes(platform, image.withAttribute(29, true))).isEqualTo("0000003000000000");
    assertThat(platform.launch(image.serviceTd()).field(TdField.MR_SERVICE_TD))
        .isNotEqualTo(new byte[48]);
    assertThat(platform.launch(image.withRtmr(2, value)).rtmr(2)).isEqualTo(value);
  }

  @Test
  void anUpdatedModuleShowsBesideTheOneOfTheLaunch() {
    SimulatedPlatform platform = SimulatedPlatform.builder(NOW).moduleUpdatedSinceLaunch().build();
    byte[] bytes = platform.launch(TdImage.named("kms")).quote(new byte[64]);
    QuoteBytes quote = new QuoteBytes(bytes);
    assertThat(quote.u16(0)).isEqualTo(QuoteFormat.TDX_V5_TD15.version());
    assertThat(quote.at(54, 2)).containsExactly(5, 1);
    assertThat(quote.at(638, 2)).containsExactly(6, 1);
  }

  private static String attributes(SimulatedPlatform platform, TdImage image) {
    return Bytes.hex(platform.launch(image).field(TdField.TD_ATTRIBUTES));
  }

  private static void validatePck(SimulatedPlatform platform) throws GeneralSecurityException {
    SimulatedCollateral collateral = platform.collateral();
    Jdk.validate(
        Jdk.chain(platform.pckChain()).subList(0, 2),
        Jdk.certificate(platform.pki().root().der()),
        List.of(
            Jdk.crl(Jdk.unhex(collateral.get("root_ca_crl"))),
            Jdk.crl(Jdk.unhex(collateral.get("pck_crl")))),
        NOW);
  }
}
