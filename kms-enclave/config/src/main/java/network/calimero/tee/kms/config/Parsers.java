package network.calimero.tee.kms.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.collateral.pcs.PcsBase;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseSigners;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.sigstore.ExpectedSigner;

/** How values of each type are read (kms-config.md). Each throws IllegalArgumentException. */
final class Parsers {
  private static final int SHA256_SIZE = 32;

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

  /** {@code 2.3.4} or {@code mero-kms-v2.3.4}. */
  static ReleaseVersion releaseVersion(String text) {
    return ReleaseVersion.ofKms(text.strip())
        .orElseThrow(() -> new IllegalArgumentException("is no version of a release"));
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
    }
  }

  /** In the image, wherever the program was started. */
  static Path absolutePath(String text) {
    Path path = path(text.strip());
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("is not an absolute path");
    }
    return path;
  }

  static Profile profile(String text) {
    return Profile.of(text)
        .orElseThrow(() -> new IllegalArgumentException("is not one of the profiles"));
  }

  static BackendKind backend(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "dstack" -> BackendKind.DSTACK;
      case "tdx" -> BackendKind.TDX;
      default -> throw new IllegalArgumentException("is no backend");
    };
  }

  /** Seconds between attempts; what is below 1 is 1. */
  static Duration pause(String text) {
    try {
      return Duration.ofSeconds(Math.max(1, Integer.parseInt(text.strip())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number below 2147483648", e);
    }
  }

  static int natural(String text) {
    return text.strip().equals("0") ? 0 : positive(text);
  }

  static Bytes sha256(String text) {
    String hex = withoutHexMark(text.strip());
    try {
      return Bytes.of(Hex.decode(hex, SHA256_SIZE));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not 64 hex digits", e);
    }
  }

  /** A base URL of something that is fetched, without a slash at its end. */
  static URI url(String text) {
    URI uri;
    try {
      uri = new URI(withoutSlashes(text.strip()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("has an entry that is not a URL");
    }
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "has an entry that is not http:// or https:// with a host, which has no underscore");
    }
    if (uri.getPort() > ListenAddress.MAX_PORT) {
      throw new IllegalArgumentException("has an entry with a port above 65535");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has an entry with a user, a query or a fragment");
    }
    return uri;
  }

  /** Without those at the end: a pattern would look for an end after every slash there is. */
  private static String withoutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  static List<URI> urls(String text) {
    List<URI> urls = csv(text).stream().map(Parsers::url).toList();
    return nonEmpty(urls, "has no URL");
  }

  /** Identities of signers, compared as they are. */
  static List<String> identities(String text) {
    List<String> identities = csv(text);
    identities.forEach(Parsers::requireWorkflow);
    return nonEmpty(identities, "has no identity");
  }

  /** The issuer does not matter for that. */
  private static void requireWorkflow(String identity) {
    ExpectedSigner _ = ReleaseSigners.kms(identity, "any");
  }

  static String issuer(String text) {
    url(text);
    return text.strip();
  }

  private static <T> List<T> nonEmpty(List<T> list, String problem) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    return list;
  }

  private static String withoutHexMark(String text) {
    return text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
  }

  /** First part of key paths: slashes at its ends are cut. */
  static String keyPrefix(String text) {
    String stripped = text.strip();
    int start = 0;
    while (stripped.startsWith("/", start)) {
      start++;
    }
    String cut = withoutSlashes(stripped.substring(start));
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
      try {
        values.add(Measurement.fromHex(withoutHexMark(item)));
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
    return List.copyOf(nonEmpty(servers, "has no URL"));
  }

  /** Items between commas, trimmed; empty ones are left out. */
  static List<String> csv(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** A value as far as it is shown; whoever set it does not get to write lines of the log. */
  static String brief(String text) {
    return PlainText.bounded(text, 40);
  }
}
