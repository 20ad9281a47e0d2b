package network.calimero.tee.kms.server.redis;

import java.io.IOException;

/**
 * Watches the replies of a store go by, in the form of RESP2, and stops at the first that no store
 * gives to what is asked here: one that is long, or says that it will be, or nests deeply. What
 * reads them allocates as much as they say. Lines end in CR LF, and have neither anywhere else: who
 * reads them otherwise would see other replies than were watched.
 */
final class ReplyGuard {
  /**
   * Of one reply, in bytes. Real ones have tens; what a store with modules says of itself, a few
   * KiB.
   */
  static final int MAX_REPLY = 64 * 1024;

  private static final int MAX_DEPTH = 4;
  private static final int MAX_DIGITS = 6;

  /** How many parts of each array that is open are still to come; the innermost last. */
  private final int[] open = new int[MAX_DEPTH];

  private int depth;
  private int seen;
  private State state = State.TYPE;
  private int type;
  private int number;
  private int digits;
  private boolean negative;
  private int left;

  private enum State {
    TYPE,
    LINE,
    NUMBER,
    LINE_END,
    BULK
  }

  /**
   * The next bytes of the store's.
   *
   * @throws IOException if they belong to no reply that is expected
   */
  void see(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (++seen > MAX_REPLY) {
        throw refused("a reply of more than " + MAX_REPLY + " bytes");
      }
      see(bytes[i]);
    }
  }

  private void see(byte next) throws IOException {
    switch (state) {
      case TYPE -> begin(next);
      case LINE -> line(next);
      case NUMBER -> number(next);
      case LINE_END -> lineEnd(next);
      case BULK -> {
        if (--left == 0) {
          end();
        }
      }
    }
  }

  private void begin(byte next) throws IOException {
    type = next;
    state =
        switch (next) {
          case '+', '-', ':' -> State.LINE;
          case '$', '*' -> State.NUMBER;
          default -> throw refused("a reply of an unknown type");
        };
    number = 0;
    digits = 0;
    negative = false;
  }

  private void line(byte next) throws IOException {
    if (next == '\r') {
      state = State.LINE_END;
    } else if (next == '\n') {
      throw refused("a reply with half the end of a line");
    }
  }

  private void number(byte next) throws IOException {
    if (next == '\r' && digits > 0) {
      state = State.LINE_END;
    } else if (next == '-' && digits == 0 && !negative) {
      negative = true;
    } else if (next >= '0' && next <= '9' && ++digits <= MAX_DIGITS) {
      number = 10 * number + (next - '0');
    } else {
      throw refused("a reply whose length is no number, or too large");
    }
  }

  private void lineEnd(byte next) throws IOException {
    if (next != '\n') {
      throw refused("a reply with half the end of a line");
    }
    if (type == '$' || type == '*') {
      announced();
    } else {
      end();
    }
  }

  /** The length is there of a text, or of an array. */
  private void announced() throws IOException {
    if (number > MAX_REPLY || (negative && number != 1)) {
      throw refused(
          "a reply that says that it has %s%d bytes or parts"
              .formatted(negative ? "-" : "", number));
    }
    if (negative) {
      end(); // -1: there is none
    } else if (type == '$') {
      state = State.BULK;
      left = number + 2; // and the end of its line
    } else if (number == 0) {
      end();
    } else {
      if (depth == MAX_DEPTH) {
        throw refused("a reply that nests deeper than " + MAX_DEPTH);
      }
      open[depth++] = number;
      state = State.TYPE;
    }
  }

  /** A part is over, and with the last part of an array so is the array. */
  private void end() {
    state = State.TYPE;
    while (depth > 0 && --open[depth - 1] == 0) {
      depth--;
    }
    if (depth == 0) {
      seen = 0;
    }
  }

  private static IOException refused(String what) {
    return new UnexpectedReplyException(what);
  }

  /** What answers is no store, or one that means ill. */
  static final class UnexpectedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    UnexpectedReplyException(String what) {
      super(what);
    }
  }
}
