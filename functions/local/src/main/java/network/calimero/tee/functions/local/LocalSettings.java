package network.calimero.tee.functions.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import network.calimero.tee.functions.api.Setting;

/** What the local server itself can be told. */
public final class LocalSettings {
  private static final int MAX_PORT = 65_535;

  /** Where it listens. */
  public static final Setting<InetAddress> HOST =
      Setting.of(
          "FUNCTIONS_HOST",
          "an address of this machine, or localhost",
          "127.0.0.1",
          "Where the local server listens; functions for proven callers answer on loopback only.",
          LocalSettings::address);

  /** On which port. */
  public static final Setting<Integer> PORT =
      Setting.of(
          "FUNCTIONS_PORT",
          "0 to 65535; 0 lets the system choose",
          "8787",
          "The local server's port.",
          LocalSettings::port);

  /** Which pages it serves beside the functions. */
  public static final Setting<Path> PAGES =
      Setting.optional(
          "FUNCTIONS_PAGES",
          "a folder with an index.html",
          "Web pages that the local server serves wherever the path is not below /api/; read once, at"
              + " the start.",
          LocalSettings::folder);

  private LocalSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(HOST, PORT, PAGES);
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no folder", e);
    }
  }

  private static InetAddress address(String text) {
    try {
      if (text.equals("localhost") || text.matches("[0-9.]+") || text.contains(":")) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException _) {
      // said below
    }
    throw new IllegalArgumentException("is no address");
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
      throw new IllegalArgumentException("is no port");
    }
    return Integer.parseInt(text);
  }
}
