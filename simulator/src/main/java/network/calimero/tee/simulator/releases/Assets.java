package network.calimero.tee.simulator.releases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;

/** The files of one family while they are made, each changed as it is put, before others use it. */
final class Assets {
  private final List<AssetChange> changes;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  Assets(List<AssetChange> changes) {
    this.changes = changes;
  }

  void put(String name, byte[] content) {
    byte[] changed = content;
    for (AssetChange change : changes) {
      changed = change.which().test(name) ? change.how().apply(changed) : changed;
    }
    files.put(name, changed);
  }

  byte[] get(String name) {
    return Objects.requireNonNull(files.get(name)).clone();
  }

  Map<String, byte[]> all() {
    return files;
  }

  String sha256(String name) {
    return Bytes.hex(Hash.sha256(get(name)));
  }

  /** Lines of {@code sha256sum}. */
  byte[] checksums(Collection<String> names) {
    return names.stream()
        .map(name -> sha256(name) + "  " + name + "\n")
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }
}
