package network.calimero.tee.kms.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.quote.Measurement;

/** How values of each type are read (kms-config.md). Each throws IllegalArgumentException. */
final class Parsers {
  private Parsers() {}

  static boolean bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is not a yes or no");
    };
  }

  static int positive(String text) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number below 2147483648", e);
    }
    throw new IllegalArgumentException("is not above zero");
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
    }
  }

  static Profile profile(String text) {
    return Profile.of(text)
        .orElseThrow(() -> new IllegalArgumentException("is not one of the profiles"));
  }

  /** The backend; the other one of kms-config.md comes later. */
  static String backend(String text) {
    if (!text.strip().equalsIgnoreCase("dstack")) {
      throw new IllegalArgumentException("is not served by this version of the KMS");
    }
    return "dstack";
  }

  /** For what must not be left aside silently although it is not served yet. */
  static String nothing(String text) {
    if (text.isBlank()) {
      return "";
    }
    throw new IllegalArgumentException("is set, and this version of the KMS does not serve it yet");
  }

  /** First part of key paths: slashes at its ends are cut. */
  static String keyPrefix(String text) {
    String cut = text.strip().replaceAll("^/+|/+$", "");
    if (cut.isEmpty()) {
      throw new IllegalArgumentException("is nothing but slashes");
    }
    if (cut.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("has control characters");
    }
    return cut;
  }

  static Set<TcbStatus> statuses(String text) {
    Set<TcbStatus> statuses = new LinkedHashSet<>();
    for (String item : csv(text)) {
      TcbStatus status =
          TcbStatus.ofAnyCase(item)
              .orElseThrow(
                  () -> new IllegalArgumentException("has \"" + brief(item) + "\", no TCB status"));
      if (status == TcbStatus.REVOKED) {
        throw new IllegalArgumentException("has \"revoked\", which is always rejected");
      }
      statuses.add(status);
    }
    return Set.copyOf(statuses);
  }

  static Set<Measurement> measurements(String text) {
    Set<Measurement> values = new LinkedHashSet<>();
    for (String item : csv(text)) {
      String hex = item.startsWith("0x") || item.startsWith("0X") ? item.substring(2) : item;
      try {
        values.add(Measurement.fromHex(hex));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("has \"" + brief(item) + "\", not 96 hex digits", e);
      }
    }
    return Set.copyOf(values);
  }

  /** Origins as browsers send them; compared as text. */
  static List<String> origins(String text) {
    List<String> origins = csv(text);
    for (String origin : origins) {
      if (origin.equals("*")) {
        throw new IllegalArgumentException("has \"*\"; every origin must be listed by name");
      }
      if (!origin.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            "has an origin with characters that no header value can have");
      }
    }
    return origins;
  }

  static List<PcsBase> pcsServers(String text) {
    List<PcsBase> servers = new ArrayList<>();
    for (String item : csv(text)) {
      try {
        servers.add(PcsBase.of(item));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("has an entry that is " + e.getMessage(), e);
      }
    }
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("has no URL");
    }
    return List.copyOf(servers);
  }

  /** Items between commas, trimmed; empty ones are left out. */
  static List<String> csv(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
