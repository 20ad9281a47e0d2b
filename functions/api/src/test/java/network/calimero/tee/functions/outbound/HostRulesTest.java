package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.api.SettingsException;
import org.junit.jupiter.api.Test;

class HostRulesTest {
  private static final Set<Integer> USUAL = Set.of(443);

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  @Test
  void aNameIsItselfAndWithAStarWhatIsBelow() {
    HostRules rules = HostRules.parse("example.org, *.Example.NET");

    assertThat(rules.lists("example.org")).isTrue();
    assertThat(rules.lists("a.b.example.net")).isTrue();
    for (String other :
        List.of("a.example.org", "example.net", "evilexample.net", "example.org.evil", "org")) {
      assertThat(rules.lists(other)).as(other).isFalse();
    }
  }

  @Test
  void aRangeMeansItsPublicAddressesUnlessItIsPrivateAsAWhole() {
    HostRules everything = HostRules.parse("0.0.0.0/0, ::/0");
    assertThat(everything.lists(address("8.8.8.8"))).isTrue();
    assertThat(everything.lists(address("2606:4700::1"))).isTrue();
    for (String other : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1")) {
      assertThat(everything.lists(address(other))).as(other).isFalse();
    }
    HostRules some = HostRules.parse("10.0.0.0/8, 127.0.0.1, fc00::/7, 100.64.0.0/10");
    for (String listed : List.of("10.1.2.3", "127.0.0.1", "fd00::1", "100.64.0.1")) {
      assertThat(some.lists(address(listed))).as(listed).isTrue();
    }
    for (String other :
        List.of("127.0.0.2", "11.0.0.1", "8.8.8.8", "fd00:ec2::254", "100.100.100.200", "::1")) {
      assertThat(some.lists(address(other))).as(other).isFalse();
    }
  }

  @Test
  void aPortIsTheUsualOneOrTheOneThatIsListed() {
    HostRules rules = HostRules.parse("a.example, b.example:8443, [::1]:8080, 10.0.0.0/8:*");

    assertThat(rules.lists("a.example", 443, USUAL)).isTrue();
    assertThat(rules.lists("a.example", 8443, USUAL)).isFalse();
    assertThat(rules.lists("b.example", 8443, USUAL)).isTrue();
    assertThat(rules.lists("b.example", 443, USUAL)).isFalse();
    assertThat(rules.lists(address("::1"), 8080, USUAL)).isTrue();
    assertThat(rules.lists(address("::1"), 443, USUAL)).isFalse();
    assertThat(rules.lists(address("10.9.9.9"), 1, USUAL)).isTrue();
  }

  @Test
  void aNameStandsForWhatIsNotPublicOnlyIfThatIsListedToo() {
    HostRules rules = HostRules.parse("kms.example, 10.0.0.0/8");
    assertThat(rules.mayStandFor("kms.example", address("8.8.8.8"), 443, USUAL)).isTrue();
    assertThat(rules.mayStandFor("kms.example", address("10.0.0.1"), 443, USUAL)).isTrue();
    assertThat(rules.mayStandFor("kms.example", address("10.0.0.1"), 80, USUAL)).isFalse();
    assertThat(rules.mayStandFor("kms.example", address("127.0.0.1"), 443, USUAL)).isFalse();
    assertThat(rules.mayStandFor("localhost", address("127.0.0.1"), 443, USUAL)).isTrue();
    assertThat(rules.mayStandFor("localhost", address("192.168.0.1"), 443, USUAL)).isFalse();
  }

  @Test
  void expressionsAreRefusedAndCalledThat() {
    for (String expression :
        List.of(
            "phala\\.network$",
            "^phala.network",
            ".*phala.network",
            "(a|b).example",
            "a+.example",
            "[a-z].example",
            "a?.example",
            "a{2}.example")) {
      assertThatIllegalArgumentException()
          .as(expression)
          .isThrownBy(() -> HostRules.parse(expression))
          .withMessageContaining("looks like a regular expression");
    }
  }

  @Test
  void whatIsNoHostIsRefused() {
    Map<String, String> cases =
        Map.ofEntries(
            Map.entry("", "has no host"),
            Map.entry(" , ,", "has no host"),
            Map.entry("https://a.example", "is a URL"),
            Map.entry("me@a.example", "is a URL"),
            Map.entry("*", "neither"),
            Map.entry("a.*.example", "regular expression"),
            Map.entry("*a.example", "neither"),
            Map.entry("a.example.", "neither"),
            Map.entry("a.example/path", "neither"),
            Map.entry("b\u00fccher.example", "neither"),
            Map.entry("127.1", "neither"),
            Map.entry("10.0.0.1/8", "neither"),
            Map.entry("10.0.0.0/33", "neither"),
            Map.entry("10.0.0.0/08", "neither"),
            Map.entry("fe80::1%eth0", "neither"),
            Map.entry("[::1", "bracket"),
            Map.entry("[::1]8080", "bracket"),
            Map.entry("a.example:0", "port"),
            Map.entry("a.example:65536", "port"),
            Map.entry("a.example:http", "port"),
            Map.entry("169.254.169.254", "is never called, listed or not (link-local)"),
            Map.entry("169.254.0.0/16", "is never called"),
            Map.entry("fd00:ec2::254", "metadata"),
            Map.entry("0.0.0.0", "is never called"),
            Map.entry("64:ff9b::/96", "translated"),
            Map.entry("240.0.0.0/4", "reserved"));
    cases.forEach((text, problem) ->
        assertThatIllegalArgumentException()
            .as(text)
            .isThrownBy(() -> HostRules.parse(text))
            .withMessageContaining(problem));
  }

  @Test
  void theSettingNamesItselfAndWhatIsAccepted() throws SettingsException {
    assertThat(problem("phala\\.network$"))
        .startsWith("KMS_ALLOWED_HOSTS has \"phala\\.network$\", which looks like a regular")
        .contains("accepted: hosts between commas: example.org, *.example.org");
    HostRules unset = read("").get(OutboundSettings.KMS_ALLOWED_HOSTS);
    assertThat(unset.lists("x.phala.network")).isTrue();
  }

  private static Settings read(String value) throws SettingsException {
    return Settings.read(
        Map.of("KMS_ALLOWED_HOSTS", value),
        List.of(OutboundSettings.KMS_ALLOWED_HOSTS, OutboundSettings.NODE_ALLOWED_HOSTS));
  }

  private static String problem(String value) {
    try {
      read(value);
      return "none";
    } catch (SettingsException e) {
      return e.problems().getFirst();
    }
  }
}
