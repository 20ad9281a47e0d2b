package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.guest.RuntimeMeasurements.Outcome;
import network.calimero.tee.guest.RuntimeMeasurements.Places;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeMeasurementsTest {
  private static final AppEvent PROFILE = new AppEvent("app.profile", "app.profile=debug");
  private static final AppEvent SETTINGS = new AppEvent("app.settings", "app.settings=00ff");
  private static final List<AppEvent> BOTH = List.of(PROFILE, SETTINGS);
  private static final AppEvent BOOT = new AppEvent("system-ready", "yes");

  @TempDir Path folder;

  private Places places;
  private Path register;
  private final FakeRegister kernel = new FakeRegister();

  /** Extends where the kernel does, with the real file operations. */
  private static final class FakeRegister implements TsmFiles {
    private final TsmFiles disk = new TsmFiles.Kernel();
    @Nullable IOException refusal;

    @Override
    public void createEntry(Path entry) throws IOException {
      disk.createEntry(entry);
    }

    @Override
    public byte[] read(Path attribute, int limit) throws IOException {
      return disk.read(attribute, limit);
    }

    @Override
    public void write(Path attribute, byte[] content) throws IOException {
      if (refusal != null) {
        throw refusal;
      }
      disk.write(attribute, extended(Files.readAllBytes(attribute), content));
    }

    @Override
    public void removeEntry(Path entry) throws IOException {
      disk.removeEntry(entry);
    }
  }

  @BeforeEach
  void boot() throws IOException {
    places = new Places(folder.resolve("tdx_guest"), folder.resolve("events.log"));
    register = places.tdxGuest().resolve("measurements/rtmr3:sha384");
    Files.createDirectories(register.getParent());
    Files.write(register, extended(new byte[48], digest(BOOT)));
    Files.writeString(places.log(), line(BOOT));
  }

  private Outcome ensure() {
    return new RuntimeMeasurements(places, kernel).ensure(BOTH);
  }

  private static byte[] sha384(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-384");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extended(byte[] value, byte[] digest) {
    return sha384(value, digest);
  }

  /** Version 1 of measurements.md, "Event logs", written out. */
  private static byte[] digest(AppEvent event) {
    return sha384(
        new byte[] {1, 0, 0, 8}, (":" + event.name() + ":" + event.payload()).getBytes(US_ASCII));
  }

  private static String line(AppEvent event) {
    String payload = Base64.getEncoder().encodeToString(event.payload().getBytes(US_ASCII));
    return "{\"event\":\"" + event.name() + "\",\"payload\":\"" + payload + "\"}\n";
  }

  private static byte[] registerAfter(AppEvent... events) {
    byte[] value = new byte[48];
    for (AppEvent event : events) {
      value = extended(value, digest(event));
    }
    return value;
  }

  private void assertBothAreThereOnce() {
    assertThat(register).hasBinaryContent(registerAfter(BOOT, PROFILE, SETTINGS));
    assertThat(places.log()).hasContent(line(BOOT) + line(PROFILE) + line(SETTINGS));
  }

  private void assertRefusedUntouched(String... reasons) throws IOException {
    byte[] value = Files.readAllBytes(register);
    String log = Files.readString(places.log());

    Outcome outcome = ensure();

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome).reason()).contains(reasons).contains("reboot the VM");
    assertThat(register).hasBinaryContent(value);
    assertThat(places.log()).hasContent(log);
  }

  private void assertImpossible(String reason) {
    Outcome outcome = ensure();

    assertThat(outcome).isInstanceOf(Outcome.Impossible.class);
    assertThat(((Outcome.Impossible) outcome).reason()).contains(reason);
  }

  @Test
  void eventsAreMeasuredInTheirOrderAndLoggedBesideIt() {
    assertThat(ensure()).isEqualTo(new Outcome.Measured(2));

    assertBothAreThereOnce();
  }

  @Test
  void theDigestIsWrittenAs48RawBytes() {
    Outcome outcome = new RuntimeMeasurements(places).ensure(List.of(PROFILE));

    assertThat(outcome).isEqualTo(new Outcome.Measured(1));
    assertThat(register).hasBinaryContent(digest(PROFILE));
  }

  @Test
  void kernelsBefore616HaveTheRegisterElsewhere() throws IOException {
    Path earlier = places.tdxGuest().resolve("mr/rtmr3:sha384");
    Files.createDirectories(earlier.getParent());
    Files.move(register, earlier);

    assertThat(ensure()).isEqualTo(new Outcome.Measured(2));
    assertThat(earlier).hasBinaryContent(registerAfter(BOOT, PROFILE, SETTINGS));
  }

  @Test
  void whatIsThereAlreadyIsNotAddedAgain() {
    ensure();

    assertThat(ensure()).isEqualTo(new Outcome.Measured(0));
    assertBothAreThereOnce();
  }

  @Test
  void whatIsThereAlreadyInVersion2IsNotAddedAgain() throws IOException {
    byte[] preimage =
        "{\"name\":\"app.profile\",\"payload\":\"6170702e70726f66696c653d6465627567\",\"type\":134217729}"
            .getBytes(US_ASCII);
    byte[] value = extended(registerAfter(BOOT), sha384(preimage));
    Files.write(register, value);
    String log = line(BOOT) + line(PROFILE).replace("}", ",\"version\":2}");
    Files.writeString(places.log(), log);

    assertThat(ensure()).isEqualTo(new Outcome.Measured(1));
    assertThat(register).hasBinaryContent(extended(value, digest(SETTINGS)));
    assertThat(places.log()).hasContent(log + line(SETTINGS));
  }

  @Test
  void whatIsMissingIsAdded() throws IOException {
    Files.write(register, registerAfter(BOOT, PROFILE));
    Files.writeString(places.log(), line(BOOT) + line(PROFILE));

    assertThat(ensure()).isEqualTo(new Outcome.Measured(1));
    assertBothAreThereOnce();
  }

  @Test
  void anEventThatWasMeasuredButNotLoggedIsLoggedOnly() throws IOException {
    Files.write(register, registerAfter(BOOT, PROFILE));

    assertThat(ensure()).isEqualTo(new Outcome.Measured(2));
    assertBothAreThereOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void aLineThatWasBegunIsEnded(int missing) throws IOException {
    Files.write(register, registerAfter(BOOT, PROFILE));
    String whole = line(PROFILE);
    Files.writeString(places.log(), line(BOOT) + whole.substring(0, whole.length() - missing));

    assertThat(ensure()).isEqualTo(new Outcome.Measured(2));
    assertBothAreThereOnce();
  }

  @Test
  void aLineThatWasBegunBehindAllThatIsMeasuredIsRefused() throws IOException {
    ensure();
    Files.writeString(places.log(), "{\"event\":", StandardOpenOption.APPEND);

    assertThat(ensure())
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.reason()).contains("RTMR3"));
  }

  @Test
  void aLineOfAnotherEventThatWasBegunIsRefused() throws IOException {
    Files.write(register, registerAfter(BOOT, new AppEvent("app.profile", "app.profile=locked")));
    String other = line(new AppEvent("app.profile", "app.profile=locked"));
    Files.writeString(places.log(), line(BOOT) + other.substring(0, other.length() - 5));

    assertRefusedUntouched("RTMR3");
  }

  @Test
  void anEventThatWasLoggedButNotMeasuredIsRefused() throws IOException {
    Files.writeString(places.log(), line(BOOT) + line(PROFILE));

    assertRefusedUntouched("it does not lead to what RTMR3 holds");
  }

  @Test
  void bothLoggedAndNeitherMeasuredIsRefused() throws IOException {
    Files.writeString(places.log(), line(BOOT) + line(PROFILE) + line(SETTINGS));

    assertRefusedUntouched("it does not lead to what RTMR3 holds");
  }

  @Test
  void anotherEventThatWasMeasuredAndNotLoggedIsRefused() throws IOException {
    Files.write(register, registerAfter(BOOT, new AppEvent("app.profile", "app.profile=locked")));

    assertRefusedUntouched("it does not lead to what RTMR3 holds");
  }

  @Test
  void anotherPayloadUnderTheSameNameIsRefusedAndBothAreTold() throws IOException {
    AppEvent other = new AppEvent("app.settings", "app.settings=abcd");
    Files.write(register, registerAfter(BOOT, PROFILE, other));
    Files.writeString(places.log(), line(BOOT) + line(PROFILE) + line(other));

    assertRefusedUntouched("app.settings=abcd", "app.settings=00ff");
  }

  @Test
  void anotherPayloadBesideTheRightOneIsRefused() throws IOException {
    AppEvent other = new AppEvent("app.settings", "app.settings=abcd");
    Files.write(register, registerAfter(BOOT, PROFILE, SETTINGS, other));
    Files.writeString(places.log(), line(BOOT) + line(PROFILE) + line(SETTINGS) + line(other));

    assertRefusedUntouched("app.settings=abcd");
  }

  @Test
  void anotherPayloadIsRefusedWhereTheRegisterIsOutOfReachToo() throws IOException {
    Files.delete(register);
    Files.writeString(places.log(), line(new AppEvent("app.profile", "app.profile=locked")));

    assertThat(ensure()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void theLogsWordIsEnoughWhereTheRegisterIsOutOfReach() throws IOException {
    ensure();
    Files.delete(register);

    assertThat(ensure()).isEqualTo(new Outcome.Measured(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{}",
        "{\"event\":\"a\"}",
        "{\"event\":1,\"payload\":\"\"}",
        "{\"event\":\"a\",\"payload\":\"*\"}",
        "{\"event\":\"a\",\"payload\":\"\",\"version\":3}",
        "{\"event\":\"a\",\"payload\":\"\"} {}"
      })
  void aLogThatCannotBeReadIsRefused(String line) throws IOException {
    Files.writeString(places.log(), line(BOOT) + line + "\n");

    assertRefusedUntouched("events.log");
  }

  /** Readers differ in which of the two they take. */
  @Test
  void aLineThatHasAFieldTwiceIsRefused() throws IOException {
    Files.writeString(places.log(), line(BOOT).replace("{", "{\"event\":\"other\","));

    assertRefusedUntouched("a line is no run-time event");
  }

  @Test
  void aLogThatIsTooLargeIsRefused() throws IOException {
    Files.writeString(places.log(), "\n".repeat(RuntimeEventLog.MAX_SIZE + 1));

    assertRefusedUntouched("it is over 1048576 bytes");
  }

  @Test
  void withoutALogItIsImpossible() throws IOException {
    Files.delete(places.log());

    assertImpossible("events.log");
    assertThat(register).hasBinaryContent(registerAfter(BOOT));
  }

  @Test
  void withoutTheRegisterItIsImpossible() throws IOException {
    Files.delete(register);

    assertImpossible("measurements/rtmr3:sha384");
    assertThat(places.log()).hasContent(line(BOOT));
  }

  @Test
  void whereTheRegisterHasAnotherSizeItIsImpossible() throws IOException {
    Files.write(register, new byte[49]);

    assertImpossible("49 bytes instead of 48");
  }

  @Test
  void whereTheKernelRefusesItIsImpossibleAndNothingIsLogged() {
    kernel.refusal = new IOException("Operation not permitted");

    assertImpossible("Operation not permitted");
    assertThat(places.log()).hasContent(line(BOOT));
  }
}
