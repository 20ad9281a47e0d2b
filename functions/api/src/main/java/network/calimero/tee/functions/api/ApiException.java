package network.calimero.tee.functions.api;

import java.io.Serial;
import network.calimero.tee.bytes.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call is refused, or failed at a peer. What it found goes to whoever called: it holds no secret,
 * no local path and nothing that a peer said. The cause, where there is one, is for the log only.
 */
public class ApiException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The most characters of what was found that are sent. */
  public static final int MAX_FOUND = 1_000;

  private final transient Problem problem;
  private final String found;
  private final int status;
  private final transient @Nullable ObjectNode more;

  /** With what was found: half a sentence without a full stop. */
  public ApiException(Problem problem, String found) {
    this(problem, found, null);
  }

  /** The same with what led to it. */
  public ApiException(Problem problem, String found, @Nullable Throwable cause) {
    this(problem, found, problem.status(), null, cause);
  }

  private ApiException(
      Problem problem,
      String found,
      int status,
      @Nullable ObjectNode more,
      @Nullable Throwable cause) {
    super(problem.code() + ": " + PlainText.bounded(found, MAX_FOUND), cause);
    this.problem = problem;
    this.found = PlainText.bounded(found, MAX_FOUND);
    this.status = status;
    this.more = more;
  }

  /** The same with another status: that of a release host, passed on. */
  public ApiException withStatus(int other) {
    return new ApiException(problem, found, other, more, getCause());
  }

  /** The same with fields beside {@code error} and {@code code}: a verdict so far. */
  public ApiException with(ObjectNode fields) {
    return new ApiException(problem, found, status, fields.deepCopy(), getCause());
  }

  /** Which refusal it is. */
  public final Problem problem() {
    return problem;
  }

  /** What was found, on one line. */
  public final String found() {
    return found;
  }

  /** The status of the answer. */
  public final int status() {
    return status;
  }

  /** {@code {"error": what was found and what to do, "code": …}}, then the further fields. */
  public final ObjectNode body() {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("error", found + "; " + problem.advice())
            .put("code", problem.code());
    if (more != null) {
      more.properties().forEach(field -> body.putIfAbsent(field.getKey(), field.getValue()));
    }
    return body;
  }
}
