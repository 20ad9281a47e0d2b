package network.calimero.tee.kms.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call (kms-config.md, CORS_ALLOWED_ORIGINS): GET and POST with any header,
 * from listed origins; none listed, no headers at all.
 */
final class Cors {
  private static final String DAY = "86400";

  private final Set<String> allowed;

  Cors(Set<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Whether browsers' questions before a request are answered at all. */
  boolean isEnabled() {
    return !allowed.isEmpty();
  }

  /** Headers of every answer to a request with that {@code Origin}. */
  Map<String, String> headers(@Nullable String origin) {
    if (!isEnabled()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    if (origin != null && allowed.contains(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", "Retry-After, X-Request-Id");
    }
    return headers;
  }

  /** Further headers of the answer to a browser's question before a request. */
  Map<String, String> preflightHeaders(@Nullable String origin) {
    if (origin == null || !allowed.contains(origin)) {
      return Map.of();
    }
    return Map.of(
        "Access-Control-Allow-Methods", "GET, POST",
        "Access-Control-Allow-Headers", "*",
        "Access-Control-Max-Age", DAY);
  }
}
