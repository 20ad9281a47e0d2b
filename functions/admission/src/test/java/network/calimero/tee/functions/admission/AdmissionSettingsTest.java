package network.calimero.tee.functions.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import network.calimero.tee.functions.api.Settings;
import network.calimero.tee.functions.api.SettingsException;
import network.calimero.tee.policy.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionSettingsTest {
  private static Settings read(Map<String, String> environment) throws SettingsException {
    return Settings.read(environment, AdmissionSettings.ALL);
  }

  @Test
  void withoutTrustedReleasesNothingIsDecided() throws SettingsException {
    assertThat(AdmissionSettings.rules(read(Map.of()))).isEmpty();
  }

  @Test
  void nothingThatOpensADoorIsADefault() throws SettingsException {
    Admission.Rules rules =
        AdmissionSettings.rules(read(Map.of("ADMISSION_RELEASES", "2.3.74"))).orElseThrow();
    assertThat(rules.constant()).isEmpty();
    assertThat(rules.allowClaimed()).isFalse();
    assertThat(rules.trusted().profiles()).isEqualTo(Set.of(Profile.LOCKED_READ_ONLY));
    assertThat(rules.validFor()).isEqualTo(Duration.ofDays(1));
    assertThat(read(Map.of()).find(AdmissionSettings.CALLERS)).isEmpty();
  }

  @Test
  void listsMayHaveBlanksBetweenTheirParts() throws SettingsException {
    Settings settings = read(Map.of("ADMISSION_PROFILES", "debug, locked-read-only"));
    assertThat(settings.get(AdmissionSettings.PROFILES))
        .isEqualTo(Set.of(Profile.DEBUG, Profile.LOCKED_READ_ONLY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ADMISSION_RELEASES; 2.3.74, latest; has \"latest\", which is no release",
        "ADMISSION_RELEASES; 2.3.74-rc.1; has \"2.3.74-rc.1\", which is no release",
        "ADMISSION_PROFILES; locked; has \"locked\", which is no profile",
        "ADMISSION_REGISTRATION_CONSTANT; 5a5a; is not 64 hex digits",
        "ADMISSION_REGISTRATION_CONSTANT;"
            + " 0000000000000000000000000000000000000000000000000000000000000000;"
            + " is all zeros, as public attest answers",
        "ADMISSION_ALLOW_CLAIMED; yes; is neither true nor false",
        "ADMISSION_CALLERS; *; has \"*\", which is neither the ARN of a role or session nor an"
            + " e-mail address",
        "ADMISSION_CALLERS; arn:aws:iam::*:role/mdma; has \"arn:aws:iam::*:role/mdma\", which is"
            + " neither the ARN of a role or session nor an e-mail address",
        "ADMISSION_CALLERS; arn:aws:iam::123456789012:role/mdma/*; has"
            + " \"arn:aws:iam::123456789012:role/mdma/*\", which AWS proves of nobody: name a role, or"
            + " a session of one",
        "ADMISSION_CALLERS; arn:aws:sts::123456789012:assumed-role/mdma; has"
            + " \"arn:aws:sts::123456789012:assumed-role/mdma\", which AWS proves of nobody: name a"
            + " role, or a session of one",
        "ADMISSION_VALID_FOR; 1 day; is no duration",
        "ADMISSION_VALID_FOR; PT1S; is too short or too long",
      })
  void whatIsWrongStopsTheStart(String name, String value, String problem) {
    SettingsException e =
        catchThrowableOfType(SettingsException.class, () -> read(Map.of(name, value)));
    assertThat(e.problems()).singleElement().asString().startsWith(name + " " + problem + ";");
  }
}
