package network.calimero.tee.simulator.collateral;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Intel's documents are written: compact, keys in order, times in whole seconds. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static void svnLevels(ArrayNode array, List<SvnLevel> levels) {
    for (SvnLevel level : levels) {
      ObjectNode entry = array.addObject();
      entry.putObject("tcb").put("isvsvn", level.isvSvn());
      status(entry, level.tcbDate(), level.status(), level.advisoryIds());
    }
  }

  static void status(ObjectNode entry, Instant date, String status, List<String> advisories) {
    entry.put("tcbDate", time(date)).put("tcbStatus", status);
    if (!advisories.isEmpty()) {
      ArrayNode ids = entry.putArray("advisoryIDs");
      advisories.forEach(ids::add);
    }
  }
}
