package network.calimero.tee.guest;

import java.io.Serial;

/** An answer that cannot be read; says why, and repeats nothing of it. */
final class MalformedAnswer extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  MalformedAnswer(String message) {
    super(message);
  }
}
