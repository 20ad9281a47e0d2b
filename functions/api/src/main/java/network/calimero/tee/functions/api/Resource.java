package network.calimero.tee.functions.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is at one path: other spellings of a path are other paths. */
record Resource(String path, List<Endpoint> endpoints) {

  static Map<String, Resource> byPath(List<Endpoint> endpoints) {
    Map<String, List<Endpoint>> paths = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      List<Endpoint> same = paths.computeIfAbsent(endpoint.path(), _ -> new ArrayList<>());
      if (same.stream().anyMatch(other -> other.method() == endpoint.method())) {
        throw new IllegalArgumentException(
            "two endpoints take %s at %s".formatted(endpoint.method(), endpoint.path()));
      }
      same.add(endpoint);
    }
    Map<String, Resource> resources = new LinkedHashMap<>();
    paths.forEach((path, some) -> resources.put(path, new Resource(path, List.copyOf(some))));
    return resources;
  }

  Optional<Endpoint> find(String method) {
    return endpoints.stream().filter(e -> e.method().name().equals(method)).findFirst();
  }

  /** The methods that are taken, as {@code Allow} lists them. */
  String allow() {
    return endpoints.stream().map(e -> e.method().name()).collect(Collectors.joining(", "))
        + ", OPTIONS";
  }

  /** Web pages of others may read answers where nobody's credentials are involved. */
  boolean isOpenToWebPages() {
    return endpoints.stream().noneMatch(Endpoint::callersOnly);
  }
}
