package network.calimero.tee.simulator.codec;

/** One field of a {@link FixedLayout}; the constants of an enum in the order of the format. */
public interface Field {
  /** Size in bytes. */
  int size();
}
