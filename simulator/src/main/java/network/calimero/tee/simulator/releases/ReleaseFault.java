package network.calimero.tee.simulator.releases;

import java.net.URI;

/** A way for the server to misbehave. */
public sealed interface ReleaseFault {
  /** Answers with a status and no body. */
  record Status(int status) implements ReleaseFault {}

  /** Sends the client elsewhere, with status 302. */
  record Redirect(URI location) implements ReleaseFault {}

  /** Never answers; the connection stays open until the server is closed. */
  record Hang() implements ReleaseFault {}

  /** Announces the file, sends half of it and then nothing more. */
  record HangInBody() implements ReleaseFault {}

  /** Sends a body of this many bytes, announced as such. */
  record Oversize(int size) implements ReleaseFault {}

  /** Sends this text, whatever was asked for, with status 200. */
  record Text(String body) implements ReleaseFault {}
}
