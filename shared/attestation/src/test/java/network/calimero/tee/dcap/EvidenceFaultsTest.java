package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.collateral.SvnLevel;
import network.calimero.tee.simulator.collateral.TcbInfo;
import network.calimero.tee.simulator.collateral.TdxModuleIdentity;
import network.calimero.tee.simulator.quote.CertificationData;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.HeaderField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Quotes with one fault under genuine collateral, and platforms that Intel does not vouch for. */
class EvidenceFaultsTest {
  private static final SimulatedKey OTHER_KEY = SimulatedKey.ofScalar(BigInteger.TWO.pow(200));
  private static final String OF_THE_SIGNATURE = "the quote is not signed by its attestation key";
  private static final String NOT_BOUND = "the QE report does not bind the attestation key";

  @ParameterizedTest
  @MethodSource({
    "signatures",
    "quotingEnclaves",
    "certificationData",
    "platforms",
    "modules",
    "attributes"
  })
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> signatures() {
    return Stream.of(
        quote("quote signature", q -> q.quoteSignature(s -> Bytes.flip(s, 0))),
        quote("quote signature, second half", q -> q.quoteSignature(s -> Bytes.flip(s, 63))),
        quote("quote signature of zeros", q -> q.quoteSignature(s -> new byte[64])),
        quote("quote signature of the group's order", q -> q.quoteSignature(s -> order())),
        quote("quote signed by another key", q -> q.publicKey(k -> OTHER_KEY.publicKey())),
        quote("attestation key off the curve", q -> q.publicKey(k -> Bytes.flip(k, 63))),
        quote("attestation key of zeros", q -> q.publicKey(k -> new byte[64])),
        quote("header changed after signing", q -> q.afterSigning(b -> Bytes.flip(b, 30))),
        quote("body changed after signing", q -> q.afterSigning(b -> Bytes.flip(b, 48 + 136))),
        quote("report data changed after signing", q -> q.afterSigning(b -> Bytes.flip(b, 631))),
        new Fault(
            "v5 body changed after signing",
            FailureCode.QUOTE_SIGNATURE_INVALID,
            OF_THE_SIGNATURE,
            s ->
                s.format(QuoteFormat.TDX_V5_TD15)
                    .quote(q -> q.afterSigning(b -> Bytes.flip(b, 701)))),
        new Fault(
            "SGX body changed after signing",
            FailureCode.QUOTE_SIGNATURE_INVALID,
            OF_THE_SIGNATURE,
            s -> s.sgx().quote(q -> q.afterSigning(b -> Bytes.flip(b, 431)))));
  }

  static Stream<Fault> quotingEnclaves() {
    return Stream.of(
        qe(
            "QE report signature",
            FailureCode.QE_REPORT_SIGNATURE_INVALID,
            "the QE report is not signed by the key of the PCK certificate",
            q -> q.qeReportSignature(s -> Bytes.flip(s, 5))),
        qe(
            "QE report signed by another key",
            FailureCode.QE_REPORT_SIGNATURE_INVALID,
            "the QE report is not signed by the key of the PCK certificate",
            q -> q.pckKey(OTHER_KEY)),
        qe(
            "QE report changed after signing",
            FailureCode.QE_REPORT_SIGNATURE_INVALID,
            "the QE report is not signed by the key of the PCK certificate",
            q -> q.qeReportAfterSigning(r -> Bytes.flip(r, 258))),
        qe(
            "QE report hash",
            FailureCode.QE_REPORT_DATA_MISMATCH,
            NOT_BOUND,
            q -> q.qeReportData(d -> Bytes.flip(d, 31))),
        qe(
            "QE report data, the half that is zero",
            FailureCode.QE_REPORT_DATA_MISMATCH,
            NOT_BOUND,
            q -> q.qeReportData(d -> Bytes.flip(d, 32))),
        qe(
            "QE in debug mode",
            FailureCode.QE_DEBUG,
            "the quoting enclave is in debug mode",
            q -> q.qeReport(r -> r.setBit(EnclaveField.ATTRIBUTES, 1, true))),
        new Fault(
            "QE in debug mode where debug TDs are allowed",
            FailureCode.QE_DEBUG,
            "the quoting enclave is in debug mode",
            s ->
                s.options(new VerifierOptions(true, true, 0, 0))
                    .platform(p -> p.qeReport(r -> r.setBit(EnclaveField.ATTRIBUTES, 1, true)))),
        qe(
            "QE MISCSELECT",
            FailureCode.QE_MISCSELECT_MISMATCH,
            "another MISCSELECT: found 01000000, expected 00000000 under mask ffffffff",
            q -> q.qeReport(r -> r.set(EnclaveField.MISC_SELECT, 1))),
        qe(
            "QE ATTRIBUTES",
            FailureCode.QE_ATTRIBUTES_MISMATCH,
            "another ATTRIBUTES: found 35",
            q -> q.qeReport(r -> r.setBit(EnclaveField.ATTRIBUTES, 5, true))),
        qe(
            "QE ATTRIBUTES, last byte under the mask",
            FailureCode.QE_ATTRIBUTES_MISMATCH,
            "another ATTRIBUTES: found 1500000000000080",
            q -> q.qeReport(r -> r.setBit(EnclaveField.ATTRIBUTES, 63, true))),
        qe(
            "QE MRSIGNER",
            FailureCode.QE_MRSIGNER_MISMATCH,
            "another MRSIGNER: found 0101",
            q -> q.qeReport(r -> r.set(EnclaveField.MR_SIGNER, "01".repeat(32)))),
        qe(
            "QE ISVPRODID",
            FailureCode.QE_ISVPRODID_MISMATCH,
            "another ISV PRODID: found 3, expected 2",
            q -> q.qeReport(r -> r.set(EnclaveField.ISV_PROD_ID, 3))),
        qe(
            "SGX's QE signs for a TD",
            FailureCode.QE_ISVPRODID_MISMATCH,
            "another ISV PRODID: found 1, expected 2",
            q -> q.qeReport(r -> r.set(EnclaveField.ISV_PROD_ID, 1))),
        qe(
            "QE between no levels",
            FailureCode.QE_NO_TCB_LEVEL,
            "the quoting enclave is below every TCB level: found ISV SVN 2, expected at least 3",
            q -> q.qeReport(r -> r.set(EnclaveField.ISV_SVN, 2))),
        new Fault(
            "QE below every level",
            FailureCode.QE_NO_TCB_LEVEL,
            "the quoting enclave is below every TCB level: found ISV SVN 4, expected at least 5",
            s -> s.platform(p -> p.qeBelowEveryLevel())),
        new Fault(
            "QE below every level and quote signature: the first step counts",
            FailureCode.QE_NO_TCB_LEVEL,
            "ISV SVN 4",
            s ->
                s.platform(p -> p.qeBelowEveryLevel())
                    .quote(q -> q.quoteSignature(x -> Bytes.flip(x, 0)))));
  }

  static Stream<Fault> certificationData() {
    Stream<Fault> withoutChain =
        IntStream.rangeClosed(1, 4)
            .mapToObj(type ->
                new Fault(
                    "certification data type %d, no chain in the collateral".formatted(type),
                    FailureCode.PCK_CHAIN_MISSING,
                    "the quote carries no PCK certificate chain and none was given with the"
                        + " collateral: found certification data type "
                        + type
                        + ", expected type 5",
                    s -> s.platform(p -> p.certificationType(type))));
    return Stream.concat(
        withoutChain,
        Stream.of(
            new Fault(
                "a platform manifest, though the chain is in the collateral",
                FailureCode.PCK_CHAIN_MISSING,
                "found certification data type 7, expected type 5",
                s -> s.platform(p -> p.certificationType(7).pckChainInCollateral())),
            new Fault(
                "an empty chain, though one is in the collateral",
                FailureCode.PCK_CHAIN_MALFORMED,
                "the PCK chain is incomplete: found 0 certificates, expected 3",
                s ->
                    s.platform(p -> p.pckChainInCollateral())
                        .quote(q -> q.certification(CertificationData.pckChain("")))),
            new Fault(
                "the chain of another platform in the collateral",
                FailureCode.QE_REPORT_SIGNATURE_INVALID,
                "the QE report is not signed by the key of the PCK certificate",
                s -> {
                  var other =
                      new Scenario().platform(p -> p.name("another").pckChainInCollateral());
                  String chain = other.evidence().collateral().get("pck_certificate_chain");
                  s.platform(p -> p.certificationType(3))
                      .collateral(c -> c.with("pck_certificate_chain", chain));
                }),
            new Fault(
                "SGX in version 4",
                FailureCode.QUOTE_VERSION_UNSUPPORTED,
                "an SGX quote of version 4: found version 4, expected version 3 or 5 for SGX",
                s -> s.quote(EvidenceFaultsTest::asSgxOfVersion4))));
  }

  static Stream<Fault> platforms() {
    return Stream.of(
        info(
            "FMSPC mismatch",
            FailureCode.FMSPC_MISMATCH,
            "of another platform type (FMSPC): found 00906ed50000, expected 50a06d5eed00",
            t -> t.fmspc("00906ED50000")),
        info(
            "PCEID mismatch",
            FailureCode.PCEID_MISMATCH,
            "of another provisioning enclave (PCEID): found 0100, expected 0000",
            t -> t.pceId("0100")),
        info(
            "SGX component below every level",
            FailureCode.NO_TCB_LEVEL,
            "the platform is below every TCB level: SGX TCB component 2 is 2, needs 3",
            t -> t.eachLevel(level -> level.withSgx(2, 3))),
        info(
            "last SGX component below every level",
            FailureCode.NO_TCB_LEVEL,
            "SGX TCB component 15 is 0, needs 1",
            t -> t.eachLevel(level -> level.withSgx(15, 1))),
        info(
            "higher components do not make up for a lower one",
            FailureCode.NO_TCB_LEVEL,
            "SGX TCB component 1 is 4, needs 5",
            t -> t.eachLevel(l -> l.withSgx(0, l.sgx().getFirst() - 1).withSgx(1, 5))),
        info(
            "PCESVN below every level",
            FailureCode.NO_TCB_LEVEL,
            "PCESVN is 11, needs 12",
            t -> t.eachLevel(level -> level.withPceSvn(12))),
        info(
            "TDX component below every level",
            FailureCode.NO_TCB_LEVEL,
            "TDX TCB component 2 is 4, needs 5",
            t -> t.eachLevel(level -> level.withTdx(2, 5))),
        info(
            "last TDX component below every level",
            FailureCode.NO_TCB_LEVEL,
            "TDX TCB component 15 is 0, needs 1",
            t -> t.eachLevel(level -> level.withTdx(15, 1))),
        new Fault(
            "TDX component 0 counts where the module has no identity",
            FailureCode.NO_TCB_LEVEL,
            "TDX TCB component 0 is 5, needs 6",
            s ->
                s.platform(
                    p -> p.module(0, 5).tcbInfo(t -> t.eachLevel(level -> level.withTdx(0, 6))))),
        new Fault(
            "TDX component 1 counts where the module has no identity",
            FailureCode.NO_TCB_LEVEL,
            "TDX TCB component 1 is 0, needs 1",
            s ->
                s.platform(
                    p -> p.module(0, 5).tcbInfo(t -> t.eachLevel(level -> level.withTdx(1, 1))))),
        new Fault(
            "platform below every level",
            FailureCode.NO_TCB_LEVEL,
            "SGX TCB component 0 is 4, needs 5",
            s -> s.platform(p -> p.platformBelowEveryLevel())),
        new Fault(
            "SGX platform below every level",
            FailureCode.NO_TCB_LEVEL,
            "SGX TCB component 0 is 4, needs 5",
            s -> s.sgx().platform(p -> p.platformBelowEveryLevel())),
        new Fault(
            "revoked platform",
            FailureCode.TCB_REVOKED,
            "found platform Revoked, quoting enclave UpToDate, TDX module UpToDate",
            s -> s.platform(p -> p.platformStatus("Revoked"))),
        new Fault(
            "revoked SGX platform",
            FailureCode.TCB_REVOKED,
            "found platform Revoked, quoting enclave UpToDate, TDX module without a level",
            s -> s.sgx().platform(p -> p.platformStatus("Revoked"))),
        new Fault(
            "revoked QE",
            FailureCode.TCB_REVOKED,
            "found platform UpToDate, quoting enclave Revoked, TDX module UpToDate",
            s -> s.platform(p -> p.qeStatus("Revoked"))),
        new Fault(
            "revoked TDX module",
            FailureCode.TCB_REVOKED,
            "found platform UpToDate, quoting enclave UpToDate, TDX module Revoked",
            s -> s.platform(p -> p.moduleStatus("Revoked"))));
  }

  static Stream<Fault> modules() {
    return Stream.of(
        new Fault(
            "TDX module without an identity",
            FailureCode.TDX_MODULE_UNKNOWN,
            "TCB info has no identity of this TDX module: found TDX_02, expected one of"
                + " [TDX_03, TDX_01]",
            s -> s.platform(p -> p.moduleReport(m -> m.set(TdField.TEE_TCB_SVN, svn(5, 2, 4))))),
        info(
            "no identities of modules at all",
            FailureCode.TDX_MODULE_UNKNOWN,
            "found TDX_01, expected one of []",
            t -> t.moduleIdentities(null)),
        new Fault(
            "TDX module below every level",
            FailureCode.TDX_MODULE_NO_TCB_LEVEL,
            "the TDX module is below every TCB level: found TDX_01 ISV SVN 5, expected at least 6",
            s -> s.platform(p -> p.moduleBelowEveryLevel())),
        new Fault(
            "TDX module of a status that no module has",
            FailureCode.TDX_MODULE_NO_TCB_LEVEL,
            "a status that a module cannot have: found ConfigurationNeeded",
            s -> s.platform(p -> p.moduleStatus("ConfigurationNeeded"))),
        new Fault(
            "MRSIGNERSEAM",
            FailureCode.TDX_MODULE_SIGNER_MISMATCH,
            "another signer (MRSIGNERSEAM): found 0100",
            s -> s.platform(p -> p.moduleReport(m -> m.set(TdField.MR_SIGNER_SEAM, one(48))))),
        info(
            "MRSIGNER of the module's identity",
            FailureCode.TDX_MODULE_SIGNER_MISMATCH,
            "expected 0202",
            t -> t.moduleIdentities(List.of(identity("02".repeat(48), "00".repeat(8))))),
        new Fault(
            "MRSIGNER of tdxModule, for a module of version 0",
            FailureCode.TDX_MODULE_SIGNER_MISMATCH,
            "expected 0202",
            s ->
                s.platform(p ->
                    p.module(0, 5)
                        .tcbInfo(
                            t -> t.tdxModule("02".repeat(48), "00".repeat(8), "FF".repeat(8))))),
        new Fault(
            "SEAMATTRIBUTES that are not zero",
            FailureCode.TDX_MODULE_ATTRIBUTES_MISMATCH,
            "other attributes (SEAMATTRIBUTES): found 0100000000000000, expected zero and equal to"
                + " 0000000000000000",
            s -> s.platform(p -> p.moduleReport(m -> m.set(TdField.SEAM_ATTRIBUTES, one(8))))),
        new Fault(
            "SEAMATTRIBUTES that are not zero, though the identity has the same",
            FailureCode.TDX_MODULE_ATTRIBUTES_MISMATCH,
            "found 0100000000000000, expected zero and equal to 0100000000000000",
            s ->
                s.platform(p ->
                    p.moduleReport(m -> m.set(TdField.SEAM_ATTRIBUTES, one(8)))
                        .tcbInfo(t ->
                            t.moduleIdentities(
                                List.of(identity("00".repeat(48), "0100000000000000")))))),
        info(
            "attributes of the module's identity that are not zero, whatever the mask says",
            FailureCode.TDX_MODULE_ATTRIBUTES_MISMATCH,
            "found 0000000000000000, expected zero and equal to 0100000000000000",
            t ->
                t.moduleIdentities(List.of(identity("00".repeat(48), "0100000000000000")))
                    .tree(root ->
                        ((ObjectNode) root.get("tdxModuleIdentities").get(0))
                            .put("attributesMask", "00".repeat(8)))),
        new Fault(
            "attributes of tdxModule, for a module of version 0",
            FailureCode.TDX_MODULE_ATTRIBUTES_MISMATCH,
            "expected zero and equal to 0000000000000080",
            s ->
                s.platform(p ->
                    p.module(0, 5)
                        .tcbInfo(t ->
                            t.tdxModule("00".repeat(48), "0000000000000080", "FF".repeat(8))))));
  }

  static Stream<Fault> attributes() {
    return Stream.of(
        new Fault(
            "debug TD",
            FailureCode.TD_DEBUG,
            "a debug TD: its host can read its memory: found 0100001000000000",
            s -> s.image(image -> image.debug())),
        new Fault(
            "SEPT_VE_DISABLE off",
            FailureCode.TD_SEPT_VE_DISABLE_OFF,
            "SEPT_VE_DISABLE is off: the host can inject exceptions into the TD: found"
                + " 0000000000000000, expected bit 28 on",
            s -> s.image(image -> image.septVeDisableOff())),
        new Fault(
            "service TD",
            FailureCode.TD_SERVICE_TD,
            "the TD is bound to a service TD: found ",
            s -> s.format(QuoteFormat.TDX_V5_TD15).image(image -> image.serviceTd())),
        new Fault(
            "MIGRATABLE",
            FailureCode.TD_RESERVED_ATTRIBUTES,
            "reserved TD attributes are set, MIGRATABLE (bit 29) among them: found"
                + " 0000003000000000, expected only bits 0, 28, 30, 31 and 63",
            s -> s.image(image -> image.withAttribute(29, true))),
        new Fault(
            "reserved bits of a debug TD, where debug is allowed",
            FailureCode.TD_RESERVED_ATTRIBUTES,
            "reserved TD attributes are set",
            s ->
                s.options(new VerifierOptions(true, false, 0, 0))
                    .image(image -> image.debug().withAttribute(1, true))),
        new Fault(
            "debug enclave",
            FailureCode.SGX_DEBUG,
            "a debug enclave: its host can read its memory: found 07",
            s -> s.sgx().quote(q -> q.enclave(e -> e.setBit(EnclaveField.ATTRIBUTES, 1, true)))));
  }

  @Test
  void everyReservedTdAttributeIsRefusedAndEveryDefinedOneIsNot() {
    List<Integer> defined = List.of(28, 30, 31, 63);
    for (int bit = 1; bit < 64; bit++) {
      int one = bit;
      Scenario scenario = new Scenario().image(image -> image.withAttribute(one, true));
      if (defined.contains(bit)) {
        assertThat(scenario.verified().tcb().status()).isEqualTo(TcbStatus.UP_TO_DATE);
      } else {
        assertThat(scenario.refusal().code())
            .as("bit %d", bit)
            .isEqualTo(FailureCode.TD_RESERVED_ATTRIBUTES);
      }
    }
  }

  private static Fault quote(String name, Consumer<QuoteBuilder> change) {
    return new Fault(
        name, FailureCode.QUOTE_SIGNATURE_INVALID, OF_THE_SIGNATURE, s -> s.quote(change));
  }

  private static Fault qe(
      String name, FailureCode code, String cause, Consumer<QuoteBuilder> change) {
    return new Fault(name, code, cause, s -> s.quote(change));
  }

  private static Fault info(String name, FailureCode code, String cause, Consumer<TcbInfo> change) {
    return new Fault(name, code, cause, s -> s.platform(p -> p.tcbInfo(change)));
  }

  private static void asSgxOfVersion4(QuoteBuilder quote) {
    quote.header(h -> h.set(HeaderField.TEE_TYPE, 0)).body(body -> new byte[384]);
  }

  private static TdxModuleIdentity identity(String mrSigner, String attributes) {
    TdxModuleIdentity genuine =
        TdxModuleIdentity.of(1, List.of(new SvnLevel(1, Scenario.NOW, "UpToDate", List.of())));
    return new TdxModuleIdentity(
        genuine.id(), mrSigner, attributes, genuine.attributesMask(), genuine.levels());
  }

  /** TEE_TCB_SVN: the module's SVN and version, then TDX component 2. */
  private static byte[] svn(int moduleSvn, int moduleVersion, int component) {
    return Bytes.fit(Bytes.ofSvns(List.of(moduleSvn, moduleVersion, component)), 16);
  }

  private static byte[] one(int size) {
    return Bytes.littleEndian(1, size);
  }

  private static byte[] order() {
    byte[] n = Bytes.unhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    return Bytes.concat(n, n);
  }
}
