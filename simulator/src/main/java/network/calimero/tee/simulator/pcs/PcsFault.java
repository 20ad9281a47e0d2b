package network.calimero.tee.simulator.pcs;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A way for the service to misbehave. */
public sealed interface PcsFault {
  /** Answers with a status and no body. */
  record Status(int status) implements PcsFault {}

  /** Sends the client elsewhere. */
  record Redirect(URI location) implements PcsFault {}

  /** Answers properly, once a stage has completed. */
  record Delay(CompletionStage<?> until) implements PcsFault {}

  /** Never answers; the connection stays open until the server is closed. */
  record Hang() implements PcsFault {}

  /** Sends headers and this many bytes of the body, then nothing more. */
  record HangInBody(int after) implements PcsFault {}

  /** Announces the whole body, sends this many bytes of it and closes. */
  record Truncate(int after) implements PcsFault {}

  /** Sends a body of this many bytes, announced as such. */
  record Oversize(long size) implements PcsFault {}

  /** Sends a body of this many bytes without announcing its size. */
  record OversizeUnannounced(long size) implements PcsFault {}

  /** Leaves out the issuer chain header. */
  record NoIssuerChain() implements PcsFault {}

  /** Changes the body of an otherwise proper answer. */
  record ChangeBody(UnaryOperator<byte[]> change) implements PcsFault {}
}
