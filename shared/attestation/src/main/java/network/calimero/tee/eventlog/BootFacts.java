package network.calimero.tee.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.eventlog.LoggedEvent.Binding;
import network.calimero.tee.eventlog.UnprovenLogException.Code;
import org.jspecify.annotations.Nullable;

/**
 * What a dstack guest measured of itself into RTMR3 while it booted: the events before the first
 * {@code system-ready}. After that the app runs, and can measure what it likes under any name.
 */
final class BootFacts {
  private static final String END_OF_BOOT = "system-ready";
  private static final String COMPOSE_HASH = "compose-hash";
  private static final String APP_ID = "app-id";
  private static final String INSTANCE_ID = "instance-id";
  private static final String KEY_PROVIDER = "key-provider";
  private static final String OS_IMAGE_HASH = "os-image-hash";
  private static final Set<String> NAMES =
      Set.of(COMPOSE_HASH, APP_ID, INSTANCE_ID, KEY_PROVIDER, OS_IMAGE_HASH, "rootfs-hash");

  private static final int COMPOSE_HASH_SIZE = 32;

  private final Map<String, Bytes> payloads = new HashMap<>();
  private final @Nullable KeyProvider keyProvider;
  private boolean bootEnded;

  /**
   * Reads them from a log whose registers are proven.
   *
   * @throws UnprovenLogException if a fact is there twice, has not its form, or could be hidden
   *     under another name
   */
  BootFacts(EventLog log) throws UnprovenLogException {
    collect(log.events());
    @Nullable Bytes composeHash = payloads.get(COMPOSE_HASH);
    if (composeHash != null && composeHash.length() != COMPOSE_HASH_SIZE) {
      throw malformed(COMPOSE_HASH, composeHash.length() + " bytes", COMPOSE_HASH_SIZE + " bytes");
    }
    @Nullable Bytes appId = payloads.get(APP_ID);
    if (appId != null && appId.isEmpty()) {
      throw malformed(APP_ID, "nothing", "an app ID");
    }
    @Nullable Bytes provider = payloads.get(KEY_PROVIDER);
    keyProvider = provider == null ? null : KeyProvider.read(provider);
    if (provider != null && keyProvider == null) {
      throw malformed(KEY_PROVIDER, "something else", "JSON with a name and an id");
    }
  }

  /** Only what RTMR3 proves of an event: its name and payload, if its digest is one of them. */
  private void collect(List<LoggedEvent> events) throws UnprovenLogException {
    for (LoggedEvent event : events) {
      if (event.register() != Register.RTMR3 || event.binding() != Binding.COMPUTED) {
        continue;
      }
      if (event.name().equals(END_OF_BOOT)) {
        bootEnded = true;
        return;
      }
      requireUnambiguous(event);
      if (NAMES.contains(event.name())
          && payloads.putIfAbsent(event.name(), event.payload()) != null) {
        throw new UnprovenLogException(
            Code.FACT_REPEATED,
            "the boot measured %s more than once".formatted(event.name()),
            "it again in event " + event.index(),
            "it once before " + END_OF_BOOT,
            "");
      }
    }
  }

  /**
   * Version 1 hashes name, colon, payload: a colon in the name would let a fact be spelled as an
   * event of another name, with the same digest.
   */
  private static void requireUnambiguous(LoggedEvent event) throws UnprovenLogException {
    if (event.name().indexOf(':') >= 0) {
      throw new UnprovenLogException(
          Code.AMBIGUOUS_NAME,
          "the name of event %d can be read in two ways".formatted(event.index()),
          event.name(),
          "a name without a colon",
          "");
    }
  }

  private static UnprovenLogException malformed(String name, String found, String expected) {
    return new UnprovenLogException(
        Code.FACT_MALFORMED, "the measured %s is malformed".formatted(name), found, expected, "");
  }

  Optional<Bytes> composeHash() {
    return Optional.ofNullable(payloads.get(COMPOSE_HASH));
  }

  Optional<Bytes> appId() {
    return Optional.ofNullable(payloads.get(APP_ID));
  }

  Optional<Bytes> instanceId() {
    return Optional.ofNullable(payloads.get(INSTANCE_ID)).filter(id -> !id.isEmpty());
  }

  Optional<Bytes> osImageHash() {
    return Optional.ofNullable(payloads.get(OS_IMAGE_HASH));
  }

  Optional<KeyProvider> keyProvider() {
    return Optional.ofNullable(keyProvider);
  }

  boolean bootEnded() {
    return bootEnded;
  }
}
