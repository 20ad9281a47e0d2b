package network.calimero.tee.functions.admission;

import java.util.Locale;

/** How much a node's evidence is worth (fleet.md, "Admission function"). */
public enum Assurance {
  /** A genuine quote that only this node could have had made, for this registration. */
  ATTESTED,
  /** The node's own word, or a quote that could have been relayed from another machine. */
  CLAIMED;

  /** As answers spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
