package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.quote.EnclaveReport;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.collateral.SvnLevel;
import network.calimero.tee.simulator.collateral.TcbLevel;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.CertificationData;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.HeaderField;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What differs from the usual and is right all the same. */
class AcceptedVariationsTest {
  private static final SimulatedPki PKI = Scenario.PKI;
  private static final Instant NOW = Scenario.NOW;
  private static final Duration DAY = Duration.ofDays(1);

  record Variation(String name, Consumer<Scenario> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({"quotes", "chains", "documents", "attributes"})
  void isAcceptedAsUpToDate(Variation variation) {
    Scenario scenario = new Scenario();
    variation.change().accept(scenario);
    VerifiedQuote verified = scenario.verified();
    assertThat(verified.tcb().status()).isEqualTo(TcbStatus.UP_TO_DATE);
    assertThat(verified.tcb().shortfalls()).isEmpty();
    assertThat(verified.anchor()).isSameAs(Scenario.ANCHOR);
    assertThat(verified.verifiedAt()).isEqualTo(NOW);
  }

  static Stream<Variation> quotes() {
    return Stream.of(
        new Variation("version 3", s -> s.sgx()),
        new Variation("version 5, report 1.0", s -> s.format(QuoteFormat.TDX_V5_TD10)),
        new Variation("version 5, report 1.5", s -> s.format(QuoteFormat.TDX_V5_TD15)),
        new Variation("version 5, SGX", AcceptedVariationsTest::asSgxOfVersion5),
        new Variation("70 zeros after it", s -> s.quote(q -> q.trailing(new byte[70]))),
        new Variation("bytes after it", s -> s.quote(q -> q.trailing(new byte[] {1, -1, 0}))),
        new Variation("slack in its auth data", s -> s.quote(q -> q.authSlack(new byte[] {9, 9}))),
        new Variation("no QE auth data", s -> s.quote(q -> q.qeAuthData(new byte[0]))),
        new Variation("QE auth data of 1 KiB", s -> s.quote(q -> q.qeAuthData(new byte[1024]))),
        new Variation(
            "high-s quote signature", s -> s.quote(q -> q.quoteSignature(SimulatedKey::highS))),
        new Variation(
            "mirrored QE report signature",
            s -> s.quote(q -> q.qeReportSignature(SimulatedKey::mirrored))),
        new Variation(
            "reserved words of the header",
            s -> s.quote(q -> q.header(h -> h.set(HeaderField.QE_SVN, 7)))),
        new Variation("version 3, Processor CA", s -> s.sgx().platform(p -> p.pckCa(PROCESSOR))),
        new Variation("Processor CA", s -> s.platform(p -> p.pckCa(PROCESSOR))));
  }

  private static final PckCa PROCESSOR = PckCa.PROCESSOR;

  private static void asSgxOfVersion5(Scenario scenario) {
    scenario
        .sgx()
        .quote(q ->
            q.format(QuoteFormat.TDX_V5_TD10)
                .header(h -> h.set(HeaderField.TEE_TYPE, 0))
                .bodyType(1)
                .body(body -> new byte[384]));
  }

  static Stream<Variation> chains() {
    String ca = PKI.pckCa(PckCa.PLATFORM).pem();
    String root = PKI.root().pem();
    String old = PKI.rootVariant(c -> c.serial(BigInteger.TEN).validity(NOW, NOW.plus(DAY))).pem();
    return Stream.concat(
        Stream.of(1, 2, 3, 4)
            .map(type ->
                new Variation(
                    "certification data type %d with the chain in the collateral".formatted(type),
                    s -> s.platform(p -> p.certificationType(type).pckChainInCollateral()))),
        Stream.of(
            new Variation(
                "certification data type 3 of nothing with the chain in the collateral",
                s ->
                    s.platform(p -> p.pckChainInCollateral())
                        .quote(q -> q.certification(CertificationData.of(3, new byte[0])))),
            new Variation(
                "a chain in the collateral that the quote has no need of",
                s -> s.platform(p -> p.pckChainInCollateral())),
            new Variation(
                "garbage in the collateral in place of a chain that the quote has no need of",
                s -> s.collateral(c -> c.with("pck_certificate_chain", "garbage"))),
            new Variation(
                "no issuer chain of the PCK CRL",
                s -> s.collateral(c -> c.with("pck_crl_issuer_chain", ""))),
            chain("root, CA, leaf", t -> root + ca + t.replace(ca + root, "")),
            chain("root, leaf, CA", t -> root + t.replace(root, "")),
            chain("CA, leaf, root", t -> ca + t.replace(ca, "")),
            chain("CRLF", Pem::crlf),
            chain("a NUL at its end", t -> t + "\0"),
            chain("no newline at its end", t -> t.substring(0, t.length() - 1)),
            chain("text around it", t -> "the leaf:\n" + t.replace(ca, "the CA:\n" + ca) + "end"),
            chain("on one line each", t -> t.replaceAll("(?<=[A-Za-z0-9+/=])\n(?=[^-])", "")),
            chain("an older root of the same name and key", t -> t.replace(root, old)),
            new Variation(
                "an older root of the same name and key behind the documents",
                s ->
                    s.collateral(c ->
                        c.change(
                            SimulatedCollateral.TCB_INFO_ISSUER_CHAIN, t -> t.replace(root, old)))),
            new Variation(
                "issuer chains with the root first",
                s ->
                    s.collateral(c ->
                        c.with(
                            SimulatedCollateral.QE_IDENTITY_ISSUER_CHAIN,
                            root + PKI.tcbSigning().pem()))),
            new Variation(
                "issuer chains in CRLF",
                s ->
                    s.collateral(
                        c -> c.change(SimulatedCollateral.TCB_INFO_ISSUER_CHAIN, Pem::crlf))),
            new Variation(
                "CRLs in PEM",
                s ->
                    s.collateral(c ->
                        c.change("pck_crl", hex -> Pem.crl(Bytes.unhex(hex)))
                            .change("root_ca_crl", hex -> Pem.crl(Bytes.unhex(hex))))),
            new Variation(
                "CRLs in upper-case hex",
                s -> s.collateral(c -> c.change("pck_crl", hex -> hex.toUpperCase(Locale.ROOT)))),
            new Variation(
                "a CRL that revokes others",
                s -> s.platform(p -> p.pckCrl(c -> c.revoke(BigInteger.ONE).revoke(ODD)))),
            new Variation(
                "the PCK's serial number on the root's CRL, which is not for it",
                s -> s.platform(p -> p.pck(c -> c.serial(ODD)).rootCrl(c -> c.revoke(ODD))))));
  }

  private static final BigInteger ODD =
      new BigInteger("123456789abcdef0123456789abcdef012345678", 16);

  static Stream<Variation> documents() {
    return Stream.of(
        new Variation(
            "FMSPC in small letters",
            s -> s.platform(p -> p.tcbInfo(t -> t.fmspc("50a06d5eed00")))),
        new Variation(
            "module id in small letters",
            s -> s.collateral(c -> Documents.tcbInfo(c, t -> t.replace("TDX_01", "tdx_01")))),
        new Variation(
            "pretty printed, and signed so",
            s ->
                s.collateral(
                    c -> Documents.tcbInfo(c, t -> t.replace(",", ",\n  ").replace(":{", ": {")))),
        new Variation(
            "keys that are not known",
            s ->
                s.collateral(c ->
                    Documents.tcbInfo(
                        c, Documents.tree(root -> root.put("new", 1).putObject("x").put("y", 2))))),
        new Variation(
            "version 2 for SGX", s -> s.sgx().platform(p -> p.tcbInfo(t -> t.version(2)))),
        new Variation(
            "no module identities for a module of version 0",
            s -> s.platform(p -> p.module(0, 5).tcbInfo(t -> t.moduleIdentities(null)))),
        new Variation(
            "a module whose signer is not zero, if report and identity agree",
            s ->
                s.platform(p -> p.moduleReport(m -> m.set(TdField.MR_SIGNER_SEAM, "07".repeat(48))))
                    .collateral(c ->
                        Documents.tcbInfo(
                            c,
                            Documents.tree(root ->
                                ((ObjectNode) root.at("/tdxModuleIdentities/1"))
                                    .put("mrsigner", "07".repeat(48)))))),
        new Variation(
            "TDX components 0 and 1 where the module has an identity",
            s -> s.platform(p -> p.tcbInfo(t -> t.eachLevel(l -> l.withTdx(0, 99).withTdx(1, 9))))),
        new Variation(
            "all SVNs higher than any level",
            s ->
                s.platform(p ->
                    p.sgxComponents(Collections.nCopies(16, 255))
                        .pceSvn(65_535)
                        .qeIsvSvn(65_535)
                        .module(1, 255)
                        .tcbInfo(t ->
                            t.eachLevel(l ->
                                new TcbLevel(
                                    Collections.nCopies(16, l.sgx().getFirst() == 255 ? 1 : 0),
                                    1,
                                    Collections.nCopies(16, 0),
                                    l.tcbDate(),
                                    l.status(),
                                    l.advisoryIds()))))),
        new Variation(
            "SGX and PCE SVNs that are exactly those of the level",
            s -> s.platform(p -> p.tcbInfo(t -> t.levels(t.levels().subList(0, 1))))),
        new Variation(
            "QE attributes and MISCSELECT that differ outside their masks",
            s ->
                s.platform(p ->
                    p.qeIdentity(q ->
                        q.miscSelect("FF000000", "00FFFFFF")
                            .attributes(
                                "11000000000000FF00000000000000FF",
                                "FBFFFFFFFFFFFF000000000000000000")))),
        new Variation(
            "different evaluation numbers of TCB info and QE identity",
            s -> s.platform(p -> p.qeIdentity(q -> q.evaluationDataNumber(3)))),
        new Variation(
            "exactly the evaluation numbers asked for",
            s -> s.options(new VerifierOptions(false, false, 20, 20))));
  }

  static Stream<Variation> attributes() {
    return Stream.of(
        new Variation("PKS", s -> s.image(image -> image.withAttribute(30, true))),
        new Variation("KL", s -> s.image(image -> image.withAttribute(31, true))),
        new Variation("PERFMON", s -> s.image(image -> image.withAttribute(63, true))),
        new Variation(
            "debug TD where it is allowed",
            s -> s.options(new VerifierOptions(true, false, 0, 0)).image(image -> image.debug())),
        new Variation(
            "debug enclave where it is allowed",
            s ->
                s.sgx()
                    .options(new VerifierOptions(true, false, 0, 0))
                    .quote(q -> q.enclave(e -> e.setBit(EnclaveField.ATTRIBUTES, 1, true)))),
        new Variation(
            "service TD where it is allowed",
            s ->
                s.format(QuoteFormat.TDX_V5_TD15)
                    .options(new VerifierOptions(false, true, 0, 0))
                    .image(image -> image.serviceTd())),
        new Variation(
            "a service TD that a report 1.0 does not show",
            s -> s.image(image -> image.serviceTd())),
        new Variation(
            "XFAM, MRCONFIGID and owners, which are for policies",
            s ->
                s.image(image ->
                    image
                        .with(TdField.XFAM, "0000000000000000")
                        .with(TdField.MR_CONFIG_ID, "01".repeat(48))
                        .with(TdField.MR_OWNER, "02".repeat(48))
                        .with(TdField.MR_OWNER_CONFIG, "03".repeat(48)))));
  }

  @Test
  void levelsAreSearchedHighestFirstWhateverTheirOrder() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.platformStatus("ConfigurationNeeded")
                    .tcbInfo(t -> t.levels(t.levels().reversed()))
                    .qeIdentity(q -> q.levels(q.levels().reversed())))
            .collateral(c ->
                Documents.tcbInfo(
                    c,
                    Documents.tree(root -> {
                      ArrayNode levels = (ArrayNode) root.at("/tdxModuleIdentities/1/tcbLevels");
                      levels.add(levels.remove(0));
                    })));
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.status()).isEqualTo(TcbStatus.CONFIGURATION_NEEDED);
    assertThat(tcb.quotingEnclave()).isEqualTo(TcbStatus.UP_TO_DATE);
    assertThat(tcb.tdxModule()).contains(TcbStatus.UP_TO_DATE);
  }

  @Test
  void levelsAreSortedByComponentsThenPceThenTdxComponents() {
    TcbLevel base =
        new TcbLevel(
            List.of(4, 4, 2, 2, 4, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0),
            11,
            List.of(0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            NOW.minus(DAY),
            "UpToDate",
            List.of());
    List<TcbLevel> ascending =
        List.of(
            base.withSgx(0, 3).withSgx(15, 0).withPceSvn(11).withStatus("Revoked"),
            base.withPceSvn(10).withStatus("OutOfDate"),
            base.withTdx(15, 0).withTdx(2, 3).withStatus("SWHardeningNeeded"),
            base.withStatus("ConfigurationNeeded"));
    for (List<TcbLevel> order : List.of(ascending, ascending.reversed())) {
      Scenario scenario = new Scenario().platform(p -> p.tcbInfo(t -> t.levels(order)));
      assertThat(scenario.verified().tcb().platform()).isEqualTo(TcbStatus.CONFIGURATION_NEEDED);
      Scenario older = new Scenario().platform(p -> p.pceSvn(10).tcbInfo(t -> t.levels(order)));
      assertThat(older.verified().tcb().platform()).isEqualTo(TcbStatus.OUT_OF_DATE);
      Scenario lessTdx =
          new Scenario()
              .platform(p ->
                  p.moduleReport(
                          m -> m.set(TdField.TEE_TCB_SVN, Bytes.fit(new byte[] {5, 1, 3}, 16)))
                      .tcbInfo(t -> t.levels(order)));
      assertThat(lessTdx.verified().tcb().platform()).isEqualTo(TcbStatus.SW_HARDENING_NEEDED);
    }
  }

  @Test
  void aModuleOrQeBetweenTwoLevelsHasTheLowerOne() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.qeIsvSvn(6)
                    .qeIdentity(q ->
                        q.levels(
                            List.of(
                                level(8, "UpToDate"),
                                level(5, "OutOfDate"),
                                level(1, "Revoked")))));
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.quotingEnclave()).isEqualTo(TcbStatus.OUT_OF_DATE);
    assertThat(tcb.status()).isEqualTo(TcbStatus.OUT_OF_DATE);
  }

  private static SvnLevel level(int svn, String status) {
    return new SvnLevel(svn, NOW.minus(DAY), status, List.of());
  }

  @Test
  void everythingHoldsUntilTheLastSecondAndNotOneLonger() {
    Scenario.Evidence evidence = new Scenario().evidence();
    VerifiedQuote verified = new Scenario().verified();
    Instant end = verified.collateral().earliestExpiry();
    assertThat(end).isEqualTo(NOW.plus(Duration.ofDays(29)));
    assertThat(evidence.collateral().get("tcb_info")).contains("\"nextUpdate\":\"" + end);
    assertThat(new Scenario().at(end).verified().verifiedAt()).isEqualTo(end);
    assertThat(new Scenario().at(end.plusNanos(1)).refusal().code())
        .isEqualTo(FailureCode.TCB_INFO_EXPIRED);
    Instant start = NOW.minus(DAY);
    assertThat(new Scenario().at(start).verified().verifiedAt()).isEqualTo(start);
    assertThat(new Scenario().at(start.minusNanos(1)).refusal().code())
        .isEqualTo(FailureCode.TCB_INFO_NOT_YET_VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcb info", "qe identity", "root crl", "pck crl", "pck", "signer"})
  void eachPartIsGoodAtBothEndsOfItsTime(String part) {
    Instant from = NOW.minusSeconds(5);
    Instant to = NOW.plusSeconds(5);
    for (Instant at : List.of(from, to)) {
      Scenario scenario = new Scenario().at(at);
      switch (part) {
        case "tcb info" -> scenario.platform(p -> p.tcbInfo(t -> t.dates(from, to)));
        case "qe identity" -> scenario.platform(p -> p.qeIdentity(q -> q.dates(from, to)));
        case "root crl" -> scenario.platform(p -> p.rootCrl(c -> c.validity(from, to)));
        case "pck crl" -> scenario.platform(p -> p.pckCrl(c -> c.validity(from, to)));
        case "pck" -> scenario.platform(p -> p.pck(c -> c.validity(from, to)));
        default -> scenario.under(Scenario.pki(p -> p.tcbSigning(c -> c.validity(from, to))));
      }
      assertThat(scenario.verified().collateral().earliestExpiry()).isEqualTo(to);
    }
  }

  @ParameterizedTest
  @EnumSource(QuoteFormat.class)
  void whatWasVerifiedIsWhatTheQuoteSays(QuoteFormat format) {
    Scenario scenario = new Scenario().format(format);
    if (format.isSgx()) {
      scenario.sgx();
    }
    VerifiedQuote verified = scenario.verified();
    assertThat(verified.quote().bytes()).isEqualTo(scenario.evidence().quote());
    switch (verified.quote().body()) {
      case TdReport td -> assertThat(td.tdAttributes().septVeDisable()).isTrue();
      case EnclaveReport enclave -> assertThat(enclave.isDebug()).isFalse();
    }
    Platform platform = verified.platform();
    assertThat(platform.fmspc().hex()).isEqualTo("50a06d5eed00");
    assertThat(platform.pceId().hex()).isEqualTo("0000");
    assertThat(platform.ppid().length()).isEqualTo(16);
    assertThat(platform.issuer()).isEqualTo(PckChain.Issuer.PLATFORM);
    assertThat(platform.sgxComponents())
        .containsExactly(4, 4, 2, 2, 4, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(platform.pceSvn()).isEqualTo(11);
    CollateralSummary summary = verified.collateral();
    assertThat(summary.tcbEvaluationDataNumber()).isEqualTo(20);
    assertThat(summary.qeEvaluationDataNumber()).isEqualTo(20);
    assertThat(summary.tcbInfoIssued()).isEqualTo(NOW.minus(DAY));
    assertThat(summary.tcbInfoNextUpdate()).isEqualTo(NOW.plus(Duration.ofDays(29)));
    assertThat(summary.qeIdentityIssued()).isEqualTo(NOW.minus(DAY));
    assertThat(summary.qeIdentityNextUpdate()).isEqualTo(NOW.plus(Duration.ofDays(29)));
    assertThat(summary.rootCrlNumber()).isEqualTo(BigInteger.ONE);
  }

  private static Variation chain(String name, UnaryOperator<String> change) {
    return new Variation("PCK chain: " + name, s -> s.platform(p -> p.chainText(change)));
  }
}
