package network.calimero.tee.quote;

import java.util.ArrayList;
import java.util.List;

/** A trust domain's attributes in words, with what they mean for whoever relies on it. */
final class AttributeText {
  private AttributeText() {}

  static String of(TdAttributes attributes) {
    List<String> words = new ArrayList<>();
    words.add(
        attributes.isDebug()
            ? "DEBUG ON (the host can read and change it; it keeps no secret)"
            : "DEBUG off");
    words.add(
        attributes.septVeDisable()
            ? "SEPT_VE_DISABLE on"
            : "SEPT_VE_DISABLE OFF (the host can inject exceptions)");
    addIf(words, attributes.protectionKeys(), "PKS on");
    addIf(words, attributes.keyLocker(), "KL on");
    addIf(words, attributes.performanceMonitoring(), "PERFMON on");
    addIf(words, attributes.isMigratable(), "MIGRATABLE ON (not accepted)");
    addReserved(words, attributes);
    return String.join(", ", words);
  }

  private static void addReserved(List<String> words, TdAttributes attributes) {
    long named = attributes.isMigratable() ? 1L << TdAttributes.MIGRATABLE : 0;
    long others = attributes.reservedBits() & ~named;
    for (long left = others; left != 0; left &= left - 1) {
      words.add("reserved bit " + Long.numberOfTrailingZeros(left) + " ON (not accepted)");
    }
  }

  private static void addIf(List<String> words, boolean on, String word) {
    if (on) {
      words.add(word);
    }
  }
}
