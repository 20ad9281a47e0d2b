package network.calimero.tee.guest;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A raw quote as the platform gave it, with what the platform tells beside it. Unverified. */
public final class GuestQuote {

  /** Size of report data in bytes. */
  public static final int REPORT_DATA_SIZE = 64;

  /**
   * The largest quote taken from a platform, in bytes: what nodes accept in base64
   * (kms-protocol.md, POST /attest). Real ones have 5 to 10 KiB.
   */
  public static final int MAX_SIZE = 98_304;

  private final byte[] quote;
  private final ArrayNode eventLog;
  private final String vmConfig;

  private GuestQuote(byte[] quote, ArrayNode eventLog, String vmConfig) {
    this.quote = quote.clone();
    this.eventLog = eventLog.deepCopy();
    this.vmConfig = vmConfig;
  }

  /** A quote with dstack's event log (measurements.md, event logs) and vm_config. */
  public static GuestQuote ofDstack(byte[] quote, ArrayNode eventLog, String vmConfig) {
    return new GuestQuote(quote, eventLog, vmConfig);
  }

  /** A quote from a platform without a dstack log: the log is empty, vm_config an empty text. */
  public static GuestQuote withoutLog(byte[] quote) {
    return new GuestQuote(quote, JsonNodeFactory.instance.arrayNode(), "");
  }

  /** The raw quote, a copy. */
  public byte[] quote() {
    return quote.clone();
  }

  /** The event log's entries as given, a copy; empty where the platform has none. */
  public ArrayNode eventLog() {
    return eventLog.deepCopy();
  }

  /** dstack's description of the VM, JSON text; empty where the platform has none. */
  public String vmConfig() {
    return vmConfig;
  }

  /** Refuses report data of another size than 64 bytes. */
  static void requireReportData(byte[] reportData) {
    if (reportData.length != REPORT_DATA_SIZE) {
      throw new IllegalArgumentException(
          "report data has " + reportData.length + " bytes, not " + REPORT_DATA_SIZE);
    }
  }
}
