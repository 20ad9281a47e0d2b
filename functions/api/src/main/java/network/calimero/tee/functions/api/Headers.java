package network.calimero.tee.functions.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Headers of a call or an answer, whatever the case of their names. */
public final class Headers {
  private static final Headers NONE = new Headers(Map.of());

  /** By lower-case name; a name that came more than once has several values. */
  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /** None at all. */
  public static Headers none() {
    return NONE;
  }

  /** Those of a map of single values. */
  public static Headers of(Map<String, String> single) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    single.forEach((name, value) -> lists.put(name, List.of(value)));
    return ofLists(lists);
  }

  /** Those of a map as Java's servers and clients have it. */
  public static Headers ofLists(Map<String, List<String>> lists) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    lists.forEach(
        (name, some) -> all.computeIfAbsent(lower(name), _ -> new ArrayList<>()).addAll(some));
    all.replaceAll((_, some) -> List.copyOf(some));
    return new Headers(all);
  }

  /** These and one more; values of the same name stay. */
  public Headers and(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(values);
    List<String> some = new ArrayList<>(more.getOrDefault(lower(name), List.of()));
    some.add(value);
    more.put(lower(name), List.copyOf(some));
    return new Headers(more);
  }

  /** These with one header of exactly that value. */
  public Headers with(String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(values);
    more.put(lower(name), List.of(value));
    return new Headers(more);
  }

  /** These without that header. */
  public Headers without(String name) {
    Map<String, List<String>> fewer = new LinkedHashMap<>(values);
    fewer.remove(lower(name));
    return new Headers(fewer);
  }

  /** The value of a header; several are joined by commas, as HTTP allows. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(lower(name))).map(some -> String.join(", ", some));
  }

  /** Each lower-case name with its values, in order of arrival. */
  public Map<String, List<String>> lists() {
    return Collections.unmodifiableMap(values);
  }

  /** Each value of a header, for those that must not be joined, such as {@code Set-Cookie}. */
  public List<String> all(String name) {
    return values.getOrDefault(lower(name), List.of());
  }

  /** How many there are, counting each value. */
  public int size() {
    return values.values().stream().mapToInt(List::size).sum();
  }

  /** Characters of all names and values. */
  public int length() {
    int length = 0;
    for (Map.Entry<String, List<String>> header : values.entrySet()) {
      for (String value : header.getValue()) {
        length += header.getKey().length() + value.length();
      }
    }
    return length;
  }

  /** Each lower-case name with its joined value, in order of arrival. */
  public Map<String, String> joined() {
    Map<String, String> joined = new LinkedHashMap<>();
    values.forEach((name, some) -> joined.put(name, String.join(", ", some)));
    return joined;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names alone: values may be credentials. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
