package network.calimero.tee.simulator.collateral;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Components of a level as Intel writes them: an SVN, and for known ones who updates what. */
final class TcbComponents {
  private static final String BIOS = "BIOS";
  private static final String OS = "OS/VMM";
  private static final Map<Integer, Kind> SGX =
      Map.of(
          0, new Kind(BIOS, "Early Microcode Update"),
          1, new Kind(OS, "SGX Late Microcode Update"),
          2, new Kind(OS, "TXT SINIT"),
          3, new Kind(BIOS, ""),
          4, new Kind(BIOS, ""),
          5, new Kind(BIOS, ""),
          7, new Kind(OS, "SEAMLDR ACM"));
  private static final Map<Integer, Kind> TDX =
      Map.of(
          0, new Kind(OS, "TDX Module"),
          1, new Kind(OS, "TDX Module"),
          2, new Kind(OS, "TDX Late Microcode Update"));

  private TcbComponents() {}

  static void writeSgx(ArrayNode array, List<Integer> svns) {
    write(array, svns, SGX);
  }

  static void writeTdx(ArrayNode array, List<Integer> svns) {
    write(array, svns, TDX);
  }

  private static void write(ArrayNode array, List<Integer> svns, Map<Integer, Kind> kinds) {
    for (int i = 0; i < svns.size(); i++) {
      ObjectNode component = array.addObject().put("svn", svns.get(i));
      Kind kind = kinds.get(i);
      if (kind != null) {
        component.put("category", kind.category());
      }
      if (kind != null && !kind.type().isEmpty()) {
        component.put("type", kind.type());
      }
    }
  }

  private record Kind(String category, String type) {}
}
