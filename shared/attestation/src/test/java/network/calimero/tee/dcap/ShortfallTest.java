package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SvnLevel;
import network.calimero.tee.simulator.collateral.TcbLevel;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a status is not UpToDate: which half is short, of what, by how much, and what to update. */
class ShortfallTest {
  private static final String SGX = "SGX TCB component 0 is 4, needs 5";
  private static final String QE = "quoting enclave ISV SVN is 4, needs 5";
  private static final String MODULE = "TDX module TDX_01 ISV SVN is 5, needs 6";
  private static final String CONFIGURATION = "the platform's configuration is not the safe one";
  private static final String SOFTWARE = "software in the TD or enclave has to mitigate";
  private static final String LAUNCH =
      "the TD was launched before the platform was brought up to date";

  @Test
  void nothingIsShortOfAPlatformThatIsUpToDate() {
    assertThat(texts(new Scenario())).isEmpty();
    assertThat(texts(new Scenario().sgx())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OutOfDate,                         UpToDate,  UpToDate,  s",
    "UpToDate,                          OutOfDate, UpToDate,  q",
    "UpToDate,                          UpToDate,  OutOfDate, m",
    "UpToDate,                          OutOfDate, OutOfDate, mq",
    "OutOfDate,                         OutOfDate, OutOfDate, smq",
    "SWHardeningNeeded,                 UpToDate,  UpToDate,  h",
    "SWHardeningNeeded,                 OutOfDate, UpToDate,  q",
    "ConfigurationNeeded,               UpToDate,  UpToDate,  c",
    "ConfigurationNeeded,               UpToDate,  OutOfDate, mc",
    "ConfigurationAndSWHardeningNeeded, UpToDate,  UpToDate,  hc",
    "OutOfDateConfigurationNeeded,      UpToDate,  UpToDate,  sc",
    "OutOfDateConfigurationNeeded,      OutOfDate, OutOfDate, smqc",
  })
  void eachHalfThatIsShortIsNamed(String platform, String qe, String module, String missing) {
    Scenario scenario =
        new Scenario().platform(p -> p.platformStatus(platform).qeStatus(qe).moduleStatus(module));
    List<String> expected =
        missing
            .chars()
            .mapToObj(c ->
                switch (c) {
                  case 's' -> SGX;
                  case 'q' -> QE;
                  case 'm' -> MODULE;
                  case 'h' -> SOFTWARE;
                  default -> CONFIGURATION;
                })
            .toList();
    assertThat(texts(scenario)).isEqualTo(expected);
  }

  @Test
  void everySvnThatIsShortOfTheLevelThatIsUpToDateIsNamed() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.platformStatus("OutOfDate")
                    .tcbInfo(t -> {
                      TcbLevel own = t.levels().get(1);
                      TcbLevel unreachable = own.withSgx(0, 200).withStatus("OutOfDate");
                      TcbLevel best =
                          own.withSgx(0, 6)
                              .withSgx(15, 1)
                              .withPceSvn(13)
                              .withTdx(0, 99)
                              .withTdx(1, 99)
                              .withTdx(2, 7)
                              .withTdx(15, 2)
                              .withStatus("UpToDate");
                      t.levels(List.of(unreachable, best, own));
                    }));
    List<Shortfall> shortfalls = scenario.verified().tcb().shortfalls();
    assertThat(shortfalls)
        .extracting(Shortfall::text)
        .containsExactly(
            "SGX TCB component 0 is 4, needs 6",
            "SGX TCB component 15 is 0, needs 1",
            "PCESVN is 11, needs 13",
            "TDX TCB component 2 is 4, needs 7",
            "TDX TCB component 15 is 0, needs 2");
    assertThat(shortfalls)
        .extracting(s -> s.part().remedy())
        .containsExactly(
            "update the platform's BIOS and microcode",
            "update the platform's BIOS and microcode",
            "update the platform's BIOS and microcode, then its PCK certificate",
            "update the platform's BIOS and microcode",
            "update the platform's BIOS and microcode");
  }

  @Test
  void componentsOfAModuleWithoutAnIdentityAreNamedToo() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.module(0, 5)
                    .tcbInfo(t -> {
                      TcbLevel own = t.levels().getFirst();
                      t.levels(
                          List.of(own.withTdx(0, 7).withTdx(1, 1), own.withStatus("OutOfDate")));
                    }));
    assertThat(texts(scenario))
        .containsExactly("TDX TCB component 0 is 5, needs 7", "TDX TCB component 1 is 0, needs 1");
  }

  @Test
  void theHighestLevelCountsWhereNoneIsUpToDate() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.tcbInfo(t -> {
                  TcbLevel own = t.levels().getFirst();
                  t.levels(
                      List.of(
                          own.withSgx(0, 9).withStatus("SWHardeningNeeded"),
                          own.withStatus("OutOfDate")));
                }));
    assertThat(texts(scenario)).containsExactly("SGX TCB component 0 is 4, needs 9");
  }

  @Test
  void theLowestIsvSvnThatIsUpToDateIsWhatIsNeeded() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.qeStatus("OutOfDate")
                    .qeIdentity(q -> {
                      var levels = new ArrayList<>(q.levels());
                      levels.add(new SvnLevel(9, Scenario.NOW, "UpToDate", List.of()));
                      q.levels(levels);
                    }));
    assertThat(texts(scenario)).containsExactly(QE);
  }

  @Test
  void aStatusOfAQeOrModuleWithoutALevelThatIsUpToDateNamesTheHighest() {
    Scenario scenario =
        new Scenario()
            .platform(p ->
                p.qeIdentity(q ->
                    q.levels(
                        List.of(
                            new SvnLevel(8, Scenario.NOW, "ConfigurationNeeded", List.of()),
                            new SvnLevel(4, Scenario.NOW, "OutOfDate", List.of())))));
    assertThat(texts(scenario)).containsExactly("quoting enclave ISV SVN is 4, needs 8");
  }

  @Test
  void aRelaunchSaysSoFirst() {
    List<Shortfall> shortfalls =
        new Scenario().platform(p -> p.moduleUpdatedSinceLaunch()).verified().tcb().shortfalls();
    assertThat(shortfalls)
        .extracting(Shortfall::text)
        .containsExactly(LAUNCH, "TDX module TDX_01 ISV SVN at launch is 5, needs 6");
    assertThat(shortfalls)
        .extracting(s -> s.part().remedy())
        .containsExactly(
            "restart the TD: the platform has been updated since it was launched",
            "restart the TD: the platform has been updated since it was launched");
  }

  @Test
  void aRelaunchThatNeedsConfigurationSaysBoth() {
    Scenario scenario =
        new Scenario()
            .format(QuoteFormat.TDX_V5_TD15)
            .platform(p ->
                p.moduleReport(
                        m -> m.set(TdField.TEE_TCB_SVN_2, Bytes.fit(new byte[] {5, 1, 5}, 16)))
                    .tcbInfo(t -> {
                      TcbLevel own = t.levels().getFirst();
                      t.levels(
                          List.of(
                              own.withTdx(2, 5).withStatus("ConfigurationNeeded"),
                              own.withStatus("OutOfDate")));
                    }));
    assertThat(texts(scenario))
        .containsExactly(LAUNCH, "TDX TCB component 2 at launch is 4, needs 5", CONFIGURATION);
  }

  @Test
  void whatIsShortIsThereInNumbersToo() {
    Scenario scenario = new Scenario().platform(p -> p.moduleStatus("OutOfDate"));
    assertThat(scenario.verified().tcb().shortfalls())
        .containsExactly(
            new Shortfall(Shortfall.Part.TDX_MODULE, "TDX module TDX_01 ISV SVN", 5, 6));
  }

  private static List<String> texts(Scenario scenario) {
    return scenario.verified().tcb().shortfalls().stream().map(Shortfall::text).toList();
  }
}
