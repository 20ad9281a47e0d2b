package network.calimero.tee.simulator.dstack;

import java.util.concurrent.CompletionStage;

/** A way for the agent to misbehave. */
public sealed interface AgentFault {
  /** Answers with a status and {@code {"error": text}}. */
  record Failure(int status, String text) implements AgentFault {}

  /** Answers 200 with a body of one's own. */
  record Reply(String body) implements AgentFault {}

  /** Answers properly, once a stage has completed. */
  record Delay(CompletionStage<?> until) implements AgentFault {}

  /** Never answers; the connection stays open until the agent is closed. */
  record Hang() implements AgentFault {}

  /** Closes the connection without an answer. */
  record Disconnect() implements AgentFault {}
}
