package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import network.calimero.tee.guest.GuestException.Code;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import network.calimero.tee.simulator.tsm.SimulatedTsm;
import org.junit.jupiter.api.Test;

/** The reader of configfs-tsm as production has it, on the simulator's file system. */
class SimulatedTsmTest {
  private final SimulatedTdxMachine machine =
      SimulatedPlatform.at(Instant.parse("2026-11-21T12:00:00Z")).launch(TdImage.named("kms"));
  private final Path root = SimulatedTsm.of(machine).root();

  private static byte[] reportData() {
    byte[] data = new byte[64];
    Arrays.fill(data, (byte) 7);
    return data;
  }

  @Test
  void quotesOfTheMachineComeThroughTheFileSystem() throws Exception {
    byte[] quote = new ConfigfsTsm(root).quote(reportData()).quote();

    TdReport report = (TdReport) Quote.parse(quote).body();
    assertThat(report.reportData().value().toArray()).isEqualTo(reportData());
    assertThat(report.mrTd().value().toArray()).isEqualTo(machine.mrTd());
    try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void silentQuotingServiceIsARefusalOfTheKernel() {
    SimulatedTsm silent =
        SimulatedTsm.quoting(data -> {
          throw new IOException("Connection timed out");
        });
    GuestException failure =
        catchThrowableOfType(
            GuestException.class, () -> new ConfigfsTsm(silent.root()).quote(reportData()));

    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure).hasMessageContaining("QGS");
  }

  @Test
  void entriesBehaveLikeTheKernels() throws Exception {
    Path entry = Files.createDirectory(root.resolve("one"));
    assertThat(Files.isDirectory(root)).isTrue();
    assertThat(Files.isDirectory(entry)).isTrue();
    assertThat(Files.isRegularFile(entry.resolve("inblob"))).isTrue();
    assertThat(Files.exists(entry.resolve("other"))).isFalse();
    assertThatThrownBy(() -> Files.createDirectory(entry)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(entry, "outblob")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(entry, "inblob")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(entry, "inblob", new byte[63])).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(entry, "provider", new byte[64]))
        .isInstanceOf(IOException.class);
    assertThat(read(entry, "generation")).isEqualTo("0\n");
    write(entry, "inblob", reportData());
    assertThat(read(entry, "generation")).isEqualTo("1\n");

    Files.delete(entry);
    assertThat(Files.exists(entry)).isFalse();
    assertThatThrownBy(() -> read(entry, "provider")).isInstanceOf(IOException.class);
  }

  private static String read(Path entry, String attribute) throws IOException {
    try (var in = Files.newInputStream(entry.resolve(attribute))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private static void write(Path entry, String attribute, byte[] content) throws IOException {
    Files.write(entry.resolve(attribute), content, StandardOpenOption.WRITE);
  }
}
