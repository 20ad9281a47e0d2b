package network.calimero.tee.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.quote.Measurement;

/**
 * What a program measures of itself into RTMR3 of a dstack guest, once per boot, and logs beside
 * it: dstack's agent has no call for that (kms-config.md, "Start-up").
 *
 * <p>The register is extended first and the line written after it. A program that ends between the
 * two leaves a register that is one event ahead of the log; the next start sees which event, and
 * writes the line only. The other way round the log would tell of what was never measured: such a
 * log is refused, as is every other that does not lead to what the register holds.
 */
public final class RuntimeMeasurements {
  private static final int MAX_TOLD = 160;

  private final Places places;
  private final TsmFiles files;

  /**
   * Where the guest has its register and its log; only code chooses other places.
   *
   * @param tdxGuest the folder of the kernel's TDX guest driver in sysfs
   * @param log what was measured since the boot, a line each
   */
  public record Places(Path tdxGuest, Path log) {
    /** Where Linux and dstack have them. */
    public static final Places DEFAULT =
        new Places(
            Path.of("/sys/class/misc/tdx_guest"), Path.of("/run/log/dstack/runtime_events.log"));

    /** The register's file: there since Linux 6.16, or where earlier patches had it. */
    Optional<Path> register() {
      return Stream.of("measurements", "mr")
          .map(folder -> tdxGuest.resolve(folder).resolve("rtmr3:sha384"))
          .filter(Files::exists)
          .findFirst();
    }
  }

  /** What came of it. The reasons are for the operator and name local paths. */
  public sealed interface Outcome {
    /**
     * All events are measured and logged.
     *
     * @param added how many of them by this call
     */
    record Measured(int added) implements Outcome {}

    /** This platform does not let the program do it; nothing that is there says otherwise. */
    record Impossible(String reason) implements Outcome {}

    /** RTMR3 or its log says something else than the program would have to say. */
    record Refused(String reason) implements Outcome {}
  }

  /** Measures into the register of these places. */
  public RuntimeMeasurements(Places places) {
    this(places, new TsmFiles.Kernel());
  }

  RuntimeMeasurements(Places places, TsmFiles files) {
    this.places = places;
    this.files = files;
  }

  /**
   * Sees to it that each of these events is measured, and nothing else under their names.
   *
   * @param events of different names, in the order in which they are measured
   */
  public Outcome ensure(List<AppEvent> events) {
    if (Files.notExists(places.log())) {
      return impossible("there is no " + places.log());
    }
    // Closing any of a file's channels gives up the locks on it: both stay open until the end.
    try (FileChannel in = FileChannel.open(places.log(), StandardOpenOption.READ)) {
      if (!Files.isWritable(places.log())) {
        return ensure(events, read(in), Optional.empty());
      }
      try (FileChannel out =
              FileChannel.open(places.log(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
          var _ = out.lock()) {
        return ensure(events, read(in), Optional.of(out));
      }
    } catch (MalformedAnswer e) {
      return unclear(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return impossible("%s cannot be used (%s)".formatted(places.log(), e));
    }
  }

  private static RuntimeEventLog read(FileChannel in) throws IOException, MalformedAnswer {
    // Not closed: that would close the channel.
    byte[] content = Channels.newInputStream(in).readNBytes(RuntimeEventLog.MAX_SIZE + 1);
    if (content.length > RuntimeEventLog.MAX_SIZE) {
      throw new MalformedAnswer("it is over " + RuntimeEventLog.MAX_SIZE + " bytes");
    }
    return RuntimeEventLog.parse(content);
  }

  private Outcome ensure(List<AppEvent> events, RuntimeEventLog logged, Optional<FileChannel> out)
      throws MalformedAnswer {
    for (AppEvent event : events) {
      for (Bytes payload : logged.payloads(event.name())) {
        if (!payload.equals(Bytes.of(event.payloadBytes()))) {
          return otherwise(event, payload);
        }
      }
    }
    List<AppEvent> missing =
        events.stream().filter(event -> logged.payloads(event.name()).isEmpty()).toList();
    Optional<Path> register = places.register();
    if (register.isEmpty()) {
      return missing.isEmpty()
          ? new Outcome.Measured(0)
          : impossible("there is no measurements/rtmr3:sha384 in " + places.tdxGuest());
    }
    return ensure(missing, logged, register.get(), out);
  }

  private Outcome ensure(
      List<AppEvent> missing, RuntimeEventLog logged, Path register, Optional<FileChannel> out)
      throws MalformedAnswer {
    Measurement value;
    try {
      value = value(register);
    } catch (IOException e) {
      return impossible("%s cannot be read (%s)".formatted(register, e));
    }
    if (missing.isEmpty()) {
      return value.equals(logged.rtmr3()) && !logged.isTorn()
          ? new Outcome.Measured(0)
          : unclear("it does not lead to what RTMR3 holds");
    }
    if (out.isEmpty() || !Files.isWritable(register)) {
      return impossible("this program may not write to " + register + " and " + places.log());
    }
    RuntimeEventLog now = logged;
    for (AppEvent event : missing) {
      RuntimeEventLog next = now.with(event);
      Optional<Outcome> fault = add(event, now, next, value, register, out.get());
      if (fault.isPresent()) {
        return fault.get();
      }
      value = next.rtmr3();
      now = next;
    }
    return new Outcome.Measured(missing.size());
  }

  /** One event: extends, unless that was done before; then writes the line, or what it lacks. */
  private Optional<Outcome> add(
      AppEvent event,
      RuntimeEventLog now,
      RuntimeEventLog next,
      Measurement value,
      Path register,
      FileChannel out) {
    boolean ahead = value.equals(next.rtmr3());
    Optional<byte[]> rest = now.rest(event);
    if (rest.isEmpty() || (!ahead && (now.isTorn() || !value.equals(now.rtmr3())))) {
      return Optional.of(unclear("it does not lead to what RTMR3 holds"));
    }
    if (!ahead) {
      try {
        files.write(register, next.lastDigest().value().toArray());
      } catch (IOException e) {
        return Optional.of(impossible("the kernel did not extend " + register + " (" + e + ")"));
      }
    }
    try {
      append(out, rest.get());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Outcome.Refused(
              "RTMR3 was extended by %s, and %s could not be written (%s); make room and start again: the line is then added"
                  .formatted(event.payload(), places.log(), e)));
    }
  }

  private static void append(FileChannel out, byte[] line) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(line);
    while (left.hasRemaining()) {
      out.write(left);
    }
  }

  private Measurement value(Path register) throws IOException {
    byte[] value = files.read(register, Measurement.SIZE + 1);
    if (value.length != Measurement.SIZE) {
      throw new IOException(value.length + " bytes instead of " + Measurement.SIZE);
    }
    return Measurement.of(value);
  }

  private static Outcome impossible(String reason) {
    return new Outcome.Impossible(reason);
  }

  private Outcome otherwise(AppEvent event, Bytes found) {
    return new Outcome.Refused(
        "since its boot this VM runs with %s, and this program would be %s; reboot the VM to change that"
            .formatted(plain(found), event.payload()));
  }

  private static String plain(Bytes payload) {
    return PlainText.bounded(new String(payload.toArray(), StandardCharsets.UTF_8), MAX_TOLD);
  }

  private Outcome unclear(String problem) {
    return new Outcome.Refused(
        "%s does not say what was measured into RTMR3 since the boot: %s; find out who writes there, and reboot the VM"
            .formatted(places.log(), problem));
  }
}
