package network.calimero.tee.collateral.pcs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bounded map that forgets what was used longest ago. For use under a lock. */
final class Lru<K, V> {
  private final int capacity;
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  Lru(int capacity) {
    this.capacity = capacity;
  }

  @Nullable V get(K key) {
    return entries.get(key);
  }

  void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > capacity) {
      entries.pollFirstEntry();
    }
  }

  void remove(K key) {
    entries.remove(key);
  }

  /** What is there now; looking at it uses nothing. */
  Map<K, V> copy() {
    return new LinkedHashMap<>(entries);
  }
}
