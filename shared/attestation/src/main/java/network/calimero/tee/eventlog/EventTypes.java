package network.calimero.tee.eventlog;

import java.util.Map;

/** Event types of the TCG PC Client Platform Firmware Profile (1.06, section 10.4.1). */
final class EventTypes {
  static final long NO_ACTION = 3;

  private static final long ERASED = 0xffff_ffffL;

  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(NO_ACTION, "EV_NO_ACTION"),
          Map.entry(0x4L, "EV_SEPARATOR"),
          Map.entry(0x5L, "EV_ACTION"),
          Map.entry(0x6L, "EV_EVENT_TAG"),
          Map.entry(0x7L, "EV_S_CRTM_CONTENTS"),
          Map.entry(0x8L, "EV_S_CRTM_VERSION"),
          Map.entry(0xaL, "EV_PLATFORM_CONFIG_FLAGS"),
          Map.entry(0xbL, "EV_TABLE_OF_DEVICES"),
          Map.entry(0xdL, "EV_IPL"),
          Map.entry(0x8000_0001L, "EV_EFI_VARIABLE_DRIVER_CONFIG"),
          Map.entry(0x8000_0002L, "EV_EFI_VARIABLE_BOOT"),
          Map.entry(0x8000_0003L, "EV_EFI_BOOT_SERVICES_APPLICATION"),
          Map.entry(0x8000_0004L, "EV_EFI_BOOT_SERVICES_DRIVER"),
          Map.entry(0x8000_0005L, "EV_EFI_RUNTIME_SERVICES_DRIVER"),
          Map.entry(0x8000_0006L, "EV_EFI_GPT_EVENT"),
          Map.entry(0x8000_0007L, "EV_EFI_ACTION"),
          Map.entry(0x8000_0008L, "EV_EFI_PLATFORM_FIRMWARE_BLOB"),
          Map.entry(0x8000_0009L, "EV_EFI_HANDOFF_TABLES"),
          Map.entry(0x8000_000aL, "EV_EFI_PLATFORM_FIRMWARE_BLOB2"),
          Map.entry(0x8000_000bL, "EV_EFI_HANDOFF_TABLES2"),
          Map.entry(0x8000_000cL, "EV_EFI_VARIABLE_BOOT2"),
          Map.entry(0x8000_00e0L, "EV_EFI_VARIABLE_AUTHORITY"));

  private EventTypes() {}

  /** Memory that was never written to: zeros, or erased flash. */
  static boolean isPadding(long type) {
    return type == 0 || type == ERASED;
  }

  static String name(long type) {
    return NAMES.getOrDefault(type, "type 0x%08x".formatted(type));
  }
}
