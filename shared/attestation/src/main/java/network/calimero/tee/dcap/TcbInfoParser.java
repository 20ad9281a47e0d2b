package network.calimero.tee.dcap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;
import tools.jackson.databind.JsonNode;

/** Reads TCB info (dcap.md, step 2). Called only on bytes whose signature has been checked. */
final class TcbInfoParser {
  private static final int COMPONENTS = 16;
  private static final int MAX_SVN = 255;
  private static final int MAX_PCE_SVN = 65_535;

  private static final Set<TcbStatus> NOT_OF_A_PLATFORM =
      Set.of(TcbStatus.TD_RELAUNCH_ADVISED, TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);

  /** Highest first: SGX components, then PCESVN, then TDX components. */
  private static final Comparator<TcbInfo.Level> HIGHEST_FIRST =
      Comparator.comparing(TcbInfo.Level::sgxComponents, TcbInfoParser::compareComponents)
          .thenComparingInt(TcbInfo.Level::pceSvn)
          .thenComparing(TcbInfo.Level::tdxComponents, TcbInfoParser::compareComponents)
          .reversed();

  private TcbInfoParser() {}

  static TcbInfo parse(Bytes text) throws MalformedException {
    JsonNode root = JsonDocument.parse(text);
    int version = JsonDocument.number(root, "version", Integer.MAX_VALUE);
    if (version != 2 && version != 3) {
      throw new MalformedException("TCB info of version " + version);
    }
    String id = version == 3 ? JsonDocument.text(root, "id") : "SGX";
    boolean tdx = id.equals("TDX");
    if (!tdx && !id.equals("SGX")) {
      throw new MalformedException("TCB info with id \"" + id + "\"");
    }
    if (JsonDocument.number(root, "tcbType", Integer.MAX_VALUE) != 0) {
      throw new MalformedException("TCB info of another tcbType than 0");
    }
    if (!tdx && (root.has("tdxModule") || root.has("tdxModuleIdentities"))) {
      throw new MalformedException("TCB info for SGX speaks of a TDX module");
    }
    return new TcbInfo(
        id,
        version,
        new Validity(JsonDocument.time(root, "issueDate"), JsonDocument.time(root, "nextUpdate")),
        new Fmspc(JsonDocument.hex(root, "fmspc", 6)),
        JsonDocument.hex(root, "pceId", 2),
        JsonDocument.number(root, "tcbEvaluationDataNumber", Integer.MAX_VALUE),
        levels(root, version, tdx),
        tdx ? Optional.of(module(JsonDocument.object(root, "tdxModule"))) : Optional.empty(),
        root.has("tdxModuleIdentities") ? moduleIdentities(root) : List.of());
  }

  static boolean isFor(TcbInfo info, TeeType tee) {
    return switch (tee) {
      case TDX -> info.id().equals("TDX");
      case SGX -> info.id().equals("SGX");
    };
  }

  private static List<TcbInfo.Level> levels(JsonNode root, int version, boolean tdx)
      throws MalformedException {
    List<TcbInfo.Level> levels = new ArrayList<>();
    for (JsonNode node : JsonDocument.objects(root, "tcbLevels")) {
      levels.add(level(node, version, tdx));
    }
    levels.sort(HIGHEST_FIRST);
    for (int i = 1; i < levels.size(); i++) {
      if (HIGHEST_FIRST.compare(levels.get(i - 1), levels.get(i)) == 0) {
        throw new MalformedException("two TCB levels with the same SVNs");
      }
    }
    return List.copyOf(levels);
  }

  private static TcbInfo.Level level(JsonNode node, int version, boolean tdx)
      throws MalformedException {
    JsonNode tcb = JsonDocument.object(node, "tcb");
    TcbStatus status = JsonDocument.status(node);
    if (NOT_OF_A_PLATFORM.contains(status)) {
      throw new MalformedException("TCB status " + status + " in a TCB level");
    }
    if (!tdx && tcb.has("tdxtcbcomponents")) {
      throw new MalformedException("TCB level for SGX has TDX components");
    }
    return new TcbInfo.Level(
        version == 3 ? components(tcb, "sgxtcbcomponents") : namedComponents(tcb),
        JsonDocument.number(tcb, "pcesvn", MAX_PCE_SVN),
        tdx ? components(tcb, "tdxtcbcomponents") : List.of(),
        status,
        JsonDocument.time(node, "tcbDate"),
        JsonDocument.optionalTexts(node, "advisoryIDs"));
  }

  private static List<Integer> components(JsonNode tcb, String key) throws MalformedException {
    List<JsonNode> nodes = JsonDocument.objects(tcb, key);
    if (nodes.size() != COMPONENTS) {
      throw new MalformedException("\"" + key + "\" has " + nodes.size() + " components, not 16");
    }
    List<Integer> components = new ArrayList<>(COMPONENTS);
    for (JsonNode node : nodes) {
      components.add(JsonDocument.number(node, "svn", MAX_SVN));
    }
    return List.copyOf(components);
  }

  /** Version 2 names its components one by one. */
  private static List<Integer> namedComponents(JsonNode tcb) throws MalformedException {
    List<Integer> components = new ArrayList<>(COMPONENTS);
    for (int i = 1; i <= COMPONENTS; i++) {
      String key = "sgxtcbcomp%02dsvn".formatted(i);
      components.add(JsonDocument.number(tcb, key, MAX_SVN));
    }
    return List.copyOf(components);
  }

  private static TcbInfo.Module module(JsonNode node) throws MalformedException {
    JsonDocument.hex(
        node, "attributesMask", 8); // must be well formed; today's Intel library ignores it
    return new TcbInfo.Module(
        JsonDocument.hex(node, "mrsigner", 48), JsonDocument.hex(node, "attributes", 8));
  }

  private static List<TcbInfo.ModuleIdentity> moduleIdentities(JsonNode root)
      throws MalformedException {
    List<TcbInfo.ModuleIdentity> identities = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : JsonDocument.objects(root, "tdxModuleIdentities")) {
      String id = JsonDocument.text(node, "id").toUpperCase(Locale.ROOT);
      if (!ids.add(id)) {
        throw new MalformedException("TDX module identity \"" + id + "\" is there twice");
      }
      identities.add(new TcbInfo.ModuleIdentity(id, module(node), isvLevels(node)));
    }
    return List.copyOf(identities);
  }

  /** Levels by ISV SVN, of a TDX module or a QE, sorted highest first. */
  static List<TcbInfo.IsvLevel> isvLevels(JsonNode parent) throws MalformedException {
    List<TcbInfo.IsvLevel> levels = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (JsonNode node : JsonDocument.objects(parent, "tcbLevels")) {
      int isvSvn = JsonDocument.number(JsonDocument.object(node, "tcb"), "isvsvn", 65_535);
      if (!seen.add(isvSvn)) {
        throw new MalformedException("two TCB levels with ISV SVN " + isvSvn);
      }
      levels.add(
          new TcbInfo.IsvLevel(
              isvSvn,
              JsonDocument.status(node),
              JsonDocument.time(node, "tcbDate"),
              JsonDocument.optionalTexts(node, "advisoryIDs")));
    }
    levels.sort(Collections.reverseOrder(Comparator.comparingInt(TcbInfo.IsvLevel::isvSvn)));
    return List.copyOf(levels);
  }

  private static int compareComponents(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int compared = Integer.compare(a.get(i), b.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
