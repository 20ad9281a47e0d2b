package network.calimero.tee.functions.outbound;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.MediaTypes;

/**
 * One request.
 *
 * @param headers beside those that every request has
 * @param body JSON of a POST; empty for a GET
 * @param accepted media types of an answer, in lower case
 */
public record OutboundRequest(
    OutboundUrl url, Map<String, String> headers, Optional<Bytes> body, Set<String> accepted) {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Keeps copies, and refuses headers that would be more than one. */
  public OutboundRequest {
    headers = Map.copyOf(headers);
    accepted = Set.copyOf(accepted);
    headers.forEach((name, value) -> {
      if (!NAME.matcher(name).matches() || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("no header can have that name or value");
      }
    });
  }

  /** Posts JSON for JSON. */
  public static OutboundRequest post(OutboundUrl url, Bytes json) {
    return new OutboundRequest(url, Map.of(), Optional.of(json), JSON);
  }

  /** Gets JSON. */
  public static OutboundRequest get(OutboundUrl url) {
    return new OutboundRequest(url, Map.of(), Optional.empty(), JSON);
  }

  /** The same with further headers. */
  public OutboundRequest with(Map<String, String> more) {
    return new OutboundRequest(url, more, body, accepted);
  }

  /** The same for answers of those types. */
  public OutboundRequest accepting(Set<String> types) {
    return new OutboundRequest(url, headers, body, types);
  }

  /** Whether an answer of that type is taken. */
  boolean accepts(String contentType) {
    return accepted.contains(MediaTypes.bare(contentType))
        || (accepted.equals(JSON) && MediaTypes.isJson(contentType));
  }

  /** Without headers, which may be credentials. */
  @Override
  public String toString() {
    return (body.isPresent() ? "POST " : "GET ") + url;
  }
}
