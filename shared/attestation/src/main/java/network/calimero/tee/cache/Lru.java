package network.calimero.tee.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bounded map that forgets what was used longest ago. Safe for use by many threads. */
public final class Lru<K, V> {
  private final int capacity;
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** An empty map that keeps at most {@code capacity} entries. */
  public Lru(int capacity) {
    this.capacity = capacity;
  }

  /** The value of that key, or null; counts as use. */
  public synchronized @Nullable V get(K key) {
    return entries.get(key);
  }

  /** Keeps a value in place of that key's former one; another may have to go for it. */
  public synchronized void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > capacity) {
      entries.pollFirstEntry();
    }
  }

  /** Forgets that key. */
  public synchronized void remove(K key) {
    entries.remove(key);
  }

  /** What is there now; looking at it uses nothing. */
  public synchronized Map<K, V> copy() {
    return new LinkedHashMap<>(entries);
  }
}
