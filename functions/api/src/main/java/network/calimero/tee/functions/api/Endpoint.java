package network.calimero.tee.functions.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One method at one path: all there is to say of it, from which routing, checks, headers and the
 * API's description are made.
 *
 * @param summary half a sentence
 * @param description as long as it needs to be
 * @param body how a JSON body looks and how it is read; empty if none is taken
 * @param answers other than refusals
 * @param problems refusals of its own, beside those that all endpoints have
 * @param callersOnly whether the platform must have proved who calls; such answers are kept from
 *     web pages of others
 * @param cachedFor how long anybody may keep an answer of status 200; empty: not at all
 */
public record Endpoint(
    Method method,
    String path,
    String summary,
    String description,
    List<Parameter> parameters,
    Optional<Body> body,
    List<Answer> answers,
    List<Problem> problems,
    boolean callersOnly,
    Optional<Duration> cachedFor,
    Handler handler) {

  /** What endpoints are called with. */
  public enum Method {
    GET,
    POST
  }

  /** A JSON body. */
  public record Body(Schema schema, JsonBounds bounds) {}

  /**
   * An answer that is no refusal.
   *
   * @param contentType without parameters; empty if there is no body
   * @param schema of JSON
   */
  public record Answer(int status, String meaning, String contentType, Optional<Schema> schema) {}

  /** Keeps copies of the lists. */
  public Endpoint {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
    problems = List.copyOf(problems);
  }

  /** Starts to describe a read. */
  public static Builder get(String path, String summary) {
    return new Builder(Method.GET, path, summary);
  }

  /** Starts to describe a call with a JSON body. */
  public static Builder post(String path, String summary, Schema body, JsonBounds bounds) {
    Builder builder = new Builder(Method.POST, path, summary);
    builder.body = Optional.of(new Body(body, bounds));
    return builder;
  }

  /** An endpoint on its way. */
  public static final class Builder {
    private final Method method;
    private final String path;
    private final String summary;
    private String description = "";
    private final List<Parameter> parameters = new ArrayList<>();
    private Optional<Body> body = Optional.empty();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean callersOnly;
    private Optional<Duration> cachedFor = Optional.empty();

    private Builder(Method method, String path, String summary) {
      this.method = method;
      this.path = path;
      this.summary = summary;
    }

    /** More than the summary. */
    public Builder description(String text) {
      description = text;
      return this;
    }

    /** Takes that parameter. */
    public Builder parameter(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    /** Answers JSON of status 200. */
    public Builder answers(String meaning, Schema schema) {
      return answers(200, meaning, schema);
    }

    /** Answers JSON of that status. */
    public Builder answers(int status, String meaning, Schema schema) {
      answers.add(new Answer(status, meaning, "application/json", Optional.of(schema)));
      return this;
    }

    /** Answers a text of that type with status 200. */
    public Builder answersText(String meaning, String contentType) {
      answers.add(new Answer(200, meaning, contentType, Optional.empty()));
      return this;
    }

    /** May refuse with these. */
    public Builder refuses(Problem... some) {
      problems.addAll(List.of(some));
      return this;
    }

    /** Serves proven callers only. */
    public Builder callersOnly() {
      callersOnly = true;
      return this;
    }

    /** Lets anybody keep answers of status 200 that long, and ask whether they have changed. */
    public Builder cachedFor(Duration time) {
      cachedFor = Optional.of(time);
      return this;
    }

    /** Done. */
    public Endpoint handledBy(Handler handler) {
      return new Endpoint(
          method,
          path,
          summary,
          description,
          parameters,
          body,
          answers,
          problems,
          callersOnly,
          cachedFor,
          handler);
    }
  }
}
