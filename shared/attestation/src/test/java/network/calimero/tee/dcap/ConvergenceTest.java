package network.calimero.tee.dcap;

import static network.calimero.tee.dcap.TcbStatus.CONFIGURATION_AND_SW_HARDENING_NEEDED;
import static network.calimero.tee.dcap.TcbStatus.CONFIGURATION_NEEDED;
import static network.calimero.tee.dcap.TcbStatus.OUT_OF_DATE;
import static network.calimero.tee.dcap.TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED;
import static network.calimero.tee.dcap.TcbStatus.REVOKED;
import static network.calimero.tee.dcap.TcbStatus.SW_HARDENING_NEEDED;
import static network.calimero.tee.dcap.TcbStatus.TD_RELAUNCH_ADVISED;
import static network.calimero.tee.dcap.TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED;
import static network.calimero.tee.dcap.TcbStatus.UP_TO_DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.TcbLevel;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every cell of step 9 of dcap.md, through whole quotes. */
class ConvergenceTest {
  private static final List<TcbStatus> OF_PLATFORMS =
      List.of(
          UP_TO_DATE,
          SW_HARDENING_NEEDED,
          CONFIGURATION_NEEDED,
          CONFIGURATION_AND_SW_HARDENING_NEEDED,
          OUT_OF_DATE,
          OUT_OF_DATE_CONFIGURATION_NEEDED,
          REVOKED);
  private static final List<TcbStatus> OF_ENCLAVES =
      List.of(
          UP_TO_DATE, OUT_OF_DATE, REVOKED, CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED);
  private static final List<TcbStatus> OF_MODULES = List.of(UP_TO_DATE, OUT_OF_DATE, REVOKED);

  /** A platform's status beside a component that is OutOfDate, as the table of step 9 has it. */
  private static final Map<TcbStatus, TcbStatus> BESIDE_OUT_OF_DATE =
      Map.of(
          UP_TO_DATE, OUT_OF_DATE,
          SW_HARDENING_NEEDED, OUT_OF_DATE,
          CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED,
          CONFIGURATION_AND_SW_HARDENING_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED,
          OUT_OF_DATE, OUT_OF_DATE,
          OUT_OF_DATE_CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED);

  @TestFactory
  Stream<DynamicTest> platformQeAndModule() {
    return OF_PLATFORMS.stream()
        .flatMap(platform ->
            OF_ENCLAVES.stream()
                .flatMap(qe ->
                    OF_MODULES.stream()
                        .map(module ->
                            dynamicTest(
                                "%s, QE %s, module %s".formatted(platform, qe, module),
                                () -> cell(platform, qe, Optional.of(module))))));
  }

  @TestFactory
  Stream<DynamicTest> platformAndQeWhereTheModuleHasNoIdentity() {
    return OF_PLATFORMS.stream()
        .flatMap(platform ->
            OF_ENCLAVES.stream()
                .map(qe ->
                    dynamicTest(
                        "%s, QE %s".formatted(platform, qe),
                        () -> cell(platform, qe, Optional.empty()))));
  }

  private static void cell(TcbStatus platform, TcbStatus qe, Optional<TcbStatus> module) {
    Scenario scenario =
        new Scenario().platform(p -> p.platformStatus(platform.text()).qeStatus(qe.text()));
    module.ifPresentOrElse(
        status -> scenario.platform(p -> p.moduleStatus(status.text())),
        () -> scenario.platform(p -> p.module(0, 5)));
    boolean outOfDate = qe == OUT_OF_DATE || module.equals(Optional.of(OUT_OF_DATE));
    if (platform == REVOKED || qe == REVOKED || module.equals(Optional.of(REVOKED))) {
      assertThat(scenario.refusal().code()).isEqualTo(FailureCode.TCB_REVOKED);
      return;
    }
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.status()).isEqualTo(outOfDate ? BESIDE_OUT_OF_DATE.get(platform) : platform);
    assertThat(tcb.platform()).isEqualTo(platform);
    assertThat(tcb.quotingEnclave()).isEqualTo(qe);
    assertThat(tcb.tdxModule()).isEqualTo(module);
    assertThat(tcb.current()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> platformAndQeOfAnEnclave() {
    return OF_PLATFORMS.stream()
        .flatMap(platform ->
            OF_ENCLAVES.stream()
                .map(qe ->
                    dynamicTest(
                        "SGX %s, QE %s".formatted(platform, qe),
                        () -> {
                          Scenario scenario =
                              new Scenario()
                                  .sgx()
                                  .platform(
                                      p -> p.platformStatus(platform.text()).qeStatus(qe.text()));
                          if (platform == REVOKED || qe == REVOKED) {
                            assertThat(scenario.refusal().code())
                                .isEqualTo(FailureCode.TCB_REVOKED);
                            return;
                          }
                          TcbStatus expected =
                              qe == OUT_OF_DATE ? BESIDE_OUT_OF_DATE.get(platform) : platform;
                          TcbEvaluation tcb = scenario.verified().tcb();
                          assertThat(tcb.status()).isEqualTo(expected);
                          assertThat(tcb.tdxModule()).isEmpty();
                        })));
  }

  /** TD report 1.5: TDX component 2 is 4 at launch and 5 now, and each has a level of its own. */
  @TestFactory
  Stream<DynamicTest> launchAndCurrent() {
    return OF_PLATFORMS.stream()
        .flatMap(launch ->
            OF_PLATFORMS.stream()
                .map(current ->
                    dynamicTest(
                        "launched %s, now %s".formatted(launch, current),
                        () -> relaunchCell(launch, current))));
  }

  private static void relaunchCell(TcbStatus launch, TcbStatus current) {
    Scenario scenario = relaunch(launch.text(), current.text());
    if (launch == REVOKED || current == REVOKED) {
      assertThat(scenario.refusal().code()).isEqualTo(FailureCode.TCB_REVOKED);
      assertThat(scenario.refusal())
          .hasMessageContaining("at launch: platform " + launch)
          .hasMessageContaining("that runs now: platform " + current);
      return;
    }
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.status()).isEqualTo(relaunched(launch, current));
    assertThat(tcb.platform()).isEqualTo(launch);
    assertThat(tcb.current()).contains(current);
  }

  @Test
  void aRevokedTcbSaysWhatItNeedsAtLaunchOrNow() {
    assertThat(relaunch("Revoked", "UpToDate").refusal())
        .hasMessageEndingWith(
            "no part of it Revoked: TDX TCB component 2 is 4, needs 5 (update the platform's BIOS and"
                + " microcode)");
    assertThat(relaunch("UpToDate", "Revoked").refusal())
        .hasMessageEndingWith("no part of it Revoked");
  }

  /** Step 9 for report 1.5, word by word. */
  private static TcbStatus relaunched(TcbStatus launch, TcbStatus current) {
    List<TcbStatus> outdated = List.of(OUT_OF_DATE, OUT_OF_DATE_CONFIGURATION_NEEDED);
    if (!outdated.contains(launch) || outdated.contains(current)) {
      return launch;
    }
    List<TcbStatus> configuration =
        List.of(
            CONFIGURATION_NEEDED,
            CONFIGURATION_AND_SW_HARDENING_NEEDED,
            OUT_OF_DATE_CONFIGURATION_NEEDED);
    return configuration.contains(launch) || configuration.contains(current)
        ? TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
        : TD_RELAUNCH_ADVISED;
  }

  private static Scenario relaunch(String launch, String current) {
    return new Scenario()
        .format(QuoteFormat.TDX_V5_TD15)
        .platform(p ->
            p.moduleReport(m ->
                    m.set(TdField.TEE_TCB_SVN, svn(5, 1, 4))
                        .set(TdField.TEE_TCB_SVN_2, svn(5, 1, 5)))
                .tcbInfo(t -> {
                  TcbLevel own = t.levels().getFirst();
                  t.levels(
                      List.of(
                          own.withTdx(2, 5).withStatus(current),
                          own.withTdx(2, 4).withStatus(launch)));
                }));
  }

  @Test
  void aTdLaunchedByAModuleThatIsOutOfDateNowIsToBeRelaunched() {
    Scenario scenario = new Scenario().platform(p -> p.moduleUpdatedSinceLaunch());
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.status()).isEqualTo(TD_RELAUNCH_ADVISED);
    assertThat(tcb.tdxModule()).contains(OUT_OF_DATE);
    assertThat(tcb.current()).contains(UP_TO_DATE);
  }

  @Test
  void aQeThatIsOutOfDateIsSoAtLaunchAndNow() {
    Scenario scenario =
        new Scenario().format(QuoteFormat.TDX_V5_TD15).platform(p -> p.qeStatus("OutOfDate"));
    assertThat(scenario.verified().tcb().status()).isEqualTo(OUT_OF_DATE);
  }

  @Test
  void anEvaluationOfTheCurrentModuleThatFailsFailsTheQuote() {
    Scenario unknown = currentModule(svn(5, 9, 4));
    assertThat(unknown.refusal().code()).isEqualTo(FailureCode.TDX_MODULE_UNKNOWN);
    Scenario below = currentModule(svn(3, 1, 4));
    assertThat(below.refusal().code()).isEqualTo(FailureCode.TDX_MODULE_NO_TCB_LEVEL);
    Scenario noLevel = currentModule(svn(5, 1, 3));
    assertThat(noLevel.refusal())
        .hasMessageContaining("TDX TCB component 2 is 3, needs 4")
        .extracting(VerificationException::code)
        .isEqualTo(FailureCode.NO_TCB_LEVEL);
  }

  @Test
  void launchUpToDateStaysSoWhateverTheCurrentModuleIsShortOf() {
    Scenario scenario = currentModule(svn(4, 1, 4));
    TcbEvaluation tcb = scenario.verified().tcb();
    assertThat(tcb.status()).isEqualTo(UP_TO_DATE);
    assertThat(tcb.current()).contains(OUT_OF_DATE);
  }

  private static Scenario currentModule(byte[] teeTcbSvn2) {
    return new Scenario()
        .format(QuoteFormat.TDX_V5_TD15)
        .platform(p -> p.moduleReport(m -> m.set(TdField.TEE_TCB_SVN_2, teeTcbSvn2)));
  }

  @Test
  void advisoriesAreThoseOfPlatformQeAndModuleSortedAndOnce() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.platformStatus("OutOfDate", "INTEL-SA-00900", "INTEL-SA-00100")
                    .qeStatus("OutOfDate", "INTEL-SA-00300", "INTEL-SA-00100")
                    .moduleStatus("OutOfDate", "INTEL-SA-00200", "INTEL-SA-00900"));
    assertThat(scenario.verified().tcb().advisoryIds())
        .containsExactly("INTEL-SA-00100", "INTEL-SA-00200", "INTEL-SA-00300", "INTEL-SA-00900");
    assertThat(new Scenario().verified().tcb().advisoryIds()).isEmpty();
  }

  @Test
  void theDateIsTheEarliestOfPlatformQeAndModule() {
    List<String> dates =
        List.of("2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z");
    for (List<String> order : permutations(dates)) {
      Scenario scenario =
          new Scenario()
              .collateral(c ->
                  Documents.qeIdentity(
                      Documents.tcbInfo(
                          c,
                          text ->
                              dated(
                                  dated(text, "/tcbLevels/0", order.get(0)),
                                  "/tdxModuleIdentities/1/tcbLevels/0",
                                  order.get(1))),
                      text -> dated(text, "/tcbLevels/0", order.get(2))));
      assertThat(scenario.verified().tcb().date()).isEqualTo(Instant.parse(dates.getFirst()));
    }
  }

  private static String dated(String text, String level, String date) {
    return Documents.tree(root -> ((ObjectNode) root.at(level)).put("tcbDate", date)).apply(text);
  }

  private static List<List<String>> permutations(List<String> of) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      List<String> rotated = new ArrayList<>(of);
      Collections.rotate(rotated, i);
      all.add(rotated);
      all.add(rotated.reversed());
    }
    return all;
  }

  private static byte[] svn(int moduleSvn, int moduleVersion, int component) {
    return Bytes.fit(Bytes.ofSvns(List.of(moduleSvn, moduleVersion, component)), 16);
  }
}
