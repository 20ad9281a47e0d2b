package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.quote.Measurement;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changes between two policies, or two releases of several documents, list by list.
 *
 * @param cohorts those that either side has
 */
public record PolicyDiff(List<CohortDiff> cohorts) {
  /** Copies. */
  public PolicyDiff {
    cohorts = List.copyOf(cohorts);
  }

  /** On which side a cohort is. */
  public enum Side {
    BOTH,
    ONLY_BEFORE,
    ONLY_AFTER;

    /** Its name in lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The lists of one cohort.
   *
   * @param cohort whom they let in, in words
   * @param document what kind of document says so
   * @param lists TCB statuses, the five registers, and compose hashes where there are any
   */
  public record CohortDiff(String cohort, String document, Side side, List<ListDiff> lists) {
    /** Copies. */
    public CohortDiff {
      lists = List.copyOf(lists);
    }

    /** Whether nothing changes. */
    public boolean same() {
      return side == Side.BOTH && lists.stream().allMatch(ListDiff::same);
    }
  }

  /** The values of one list: text, in each side's order. */
  public record ListDiff(String list, List<String> removed, List<String> added, List<String> kept) {
    /** Copies. */
    public ListDiff {
      removed = List.copyOf(removed);
      added = List.copyOf(added);
      kept = List.copyOf(kept);
    }

    /** Whether nothing changes. */
    public boolean same() {
      return removed.isEmpty() && added.isEmpty();
    }

    private static ListDiff between(String list, Set<String> before, Set<String> after) {
      return new ListDiff(
          list,
          before.stream().filter(value -> !after.contains(value)).toList(),
          after.stream().filter(value -> !before.contains(value)).toList(),
          before.stream().filter(after::contains).toList());
    }
  }

  /** A document without a profile is that of locked-read-only. */
  private record Key(boolean published, Role role, Profile profile) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Boolean.compare(published, other.published);
      order = order == 0 ? other.role.compareTo(role) : order;
      return order == 0 ? profile.compareTo(other.profile) : order;
    }

    String words() {
      return (role == Role.KMS ? "KMS" : role.toString()) + ", " + profile.text();
    }
  }

  /** Whether nothing changes. */
  public boolean same() {
    return cohorts.stream().allMatch(CohortDiff::same);
  }

  /** Compares two sides. Of two documents for the same cohort on one side the first counts. */
  public static PolicyDiff between(List<PolicyFile> before, List<PolicyFile> after) {
    Map<Key, Cohort> old = cohorts(before);
    Map<Key, Cohort> fresh = cohorts(after);
    Set<Key> keys = new TreeSet<>(old.keySet());
    keys.addAll(fresh.keySet());
    List<CohortDiff> diffs = new ArrayList<>();
    for (Key key : keys) {
      diffs.add(
          cohort(key, Optional.ofNullable(old.get(key)), Optional.ofNullable(fresh.get(key))));
    }
    return new PolicyDiff(diffs);
  }

  /** As one object: cohort by cohort, list by list. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("same", same());
    ArrayNode all = node.putArray("cohorts");
    for (CohortDiff cohort : cohorts) {
      ObjectNode entry = all.addObject();
      entry.put("cohort", cohort.cohort()).put("document", cohort.document());
      entry.put("side", cohort.side().text()).put("same", cohort.same());
      ArrayNode lists = entry.putArray("lists");
      for (ListDiff list : cohort.lists()) {
        ObjectNode change = lists.addObject();
        change.put("list", list.list());
        list.removed().forEach(change.putArray("removed")::add);
        list.added().forEach(change.putArray("added")::add);
        list.kept().forEach(change.putArray("kept")::add);
      }
    }
    return node;
  }

  private static Map<Key, Cohort> cohorts(List<PolicyFile> files) {
    Map<Key, Cohort> cohorts = new LinkedHashMap<>();
    for (PolicyFile file : files) {
      if (file instanceof PolicyFile.Judging judging) {
        boolean published =
            judging.form() == Form.PUBLISHED_MRTDS || judging.form() == Form.REGISTRY_NODE;
        for (Cohort cohort : judging.cohorts()) {
          Profile profile = cohort.profile().orElse(Profile.LOCKED_READ_ONLY);
          cohorts.putIfAbsent(new Key(published, cohort.role(), profile), cohort);
        }
      }
    }
    return cohorts;
  }

  private static CohortDiff cohort(Key key, Optional<Cohort> before, Optional<Cohort> after) {
    List<ListDiff> lists = new ArrayList<>();
    lists.add(ListDiff.between("TCB", statuses(before), statuses(after)));
    for (Register register : Register.values()) {
      lists.add(
          ListDiff.between(
              register.name(), measurements(before, register), measurements(after, register)));
    }
    ListDiff hashes = ListDiff.between("compose hash", hashes(before), hashes(after));
    if (!hashes.same() || !hashes.kept().isEmpty()) {
      lists.add(hashes);
    }
    Side side = before.isEmpty() ? Side.ONLY_AFTER : after.isEmpty() ? Side.ONLY_BEFORE : Side.BOTH;
    String document = key.published() ? "node images" : "KMS policy";
    return new CohortDiff(key.words(), document, side, lists);
  }

  private static Set<String> statuses(Optional<Cohort> cohort) {
    Set<String> texts = new LinkedHashSet<>();
    cohort.ifPresent(it ->
        it.values()
            .statuses()
            .values()
            .forEach(status -> texts.add(status.text().toLowerCase(Locale.ROOT))));
    return texts;
  }

  private static Set<String> measurements(Optional<Cohort> cohort, Register register) {
    Set<String> texts = new LinkedHashSet<>();
    cohort.ifPresent(it ->
        it.values().list(register).values().stream().map(Measurement::hex).forEach(texts::add));
    return texts;
  }

  private static Set<String> hashes(Optional<Cohort> cohort) {
    Set<String> texts = new LinkedHashSet<>();
    cohort
        .flatMap(Cohort::composeHashes)
        .map(AllowedList::values)
        .ifPresent(values -> values.stream().map(Bytes::hex).forEach(texts::add));
    return texts;
  }
}
