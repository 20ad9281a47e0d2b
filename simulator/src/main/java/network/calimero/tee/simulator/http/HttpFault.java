package network.calimero.tee.simulator.http;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A way for a server to misbehave. */
public sealed interface HttpFault {
  /** Answers with a status and no body. */
  record Status(int status) implements HttpFault {}

  /** Sends the client elsewhere, with status 302. */
  record Redirect(URI location) implements HttpFault {}

  /** Answers properly, once a stage has completed. */
  record Delay(CompletionStage<?> until) implements HttpFault {}

  /** Never answers; the connection stays open until the server is closed. */
  record Hang() implements HttpFault {}

  /** Announces the whole body, sends at most this many bytes of it, then nothing more. */
  record HangInBody(int after) implements HttpFault {}

  /** Announces the whole body, sends at most this many bytes of it and closes. */
  record Truncate(int after) implements HttpFault {}

  /** Sends a body of this many bytes, announced as such. */
  record Oversize(long size) implements HttpFault {}

  /** Sends a body of this many bytes without announcing its size. */
  record OversizeUnannounced(long size) implements HttpFault {}

  /** Leaves out the headers whose names end so. */
  record WithoutHeaders(String end) implements HttpFault {}

  /** Changes the body of an otherwise proper answer. */
  record ChangeBody(UnaryOperator<byte[]> change) implements HttpFault {}

  /** Sends this text, whatever was asked for, with status 200. */
  record Text(String body) implements HttpFault {}
}
