package network.calimero.tee.kms.server.http;

import network.calimero.tee.kms.KmsException;

/** What is done at a path. */
sealed interface Route {

  /** The methods that are allowed, as {@code Allow} lists them. */
  String allow();

  /** Answers without looking at the request. */
  record Get(Answering answering) implements Route {
    @Override
    public String allow() {
      return "GET, HEAD";
    }
  }

  /** Answers to a JSON body. */
  record Post(Handling handling) implements Route {
    @Override
    public String allow() {
      return "POST";
    }
  }

  /** Answers to a POST, whatever its body. */
  record Call(Calling calling) implements Route {
    @Override
    public String allow() {
      return "POST";
    }
  }

  /** Makes an answer. */
  @FunctionalInterface
  interface Answering {
    Answer answer();
  }

  /** Makes an answer to a body. */
  @FunctionalInterface
  interface Handling {
    /** Answers, or refuses. */
    Answer answer(Fields body) throws KmsException;
  }

  /** Makes an answer to a call. */
  @FunctionalInterface
  interface Calling {
    /** Answers, or refuses. */
    Answer answer() throws KmsException;
  }
}
