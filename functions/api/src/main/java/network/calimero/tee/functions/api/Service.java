package network.calimero.tee.functions.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import network.calimero.tee.functions.api.Endpoint.Method;
import network.calimero.tee.log.EventLog;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers calls at its endpoints. Whatever comes in, an answer comes out: nothing is thrown, and no
 * answer tells of this program's insides. Safe for use by several threads.
 */
public final class Service {
  /** Where the description of the API is served. */
  public static final String OPEN_API_PATH = "/api/openapi.json";

  private static final String RETRY_SECONDS = "10";
  private static final int MAX_PATH = 2_048;
  private static final int MAX_QUERY = 4_096;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADERS_LENGTH = 32 * 1024;
  private static final Duration DESCRIPTION_KEPT = Duration.ofMinutes(5);

  private final ServiceInfo info;
  private final Map<String, Resource> resources;
  private final int maxBody;
  private final CallLog log;
  private final Supplier<String> ids;
  private final LongSupplier nanoTime;
  private final LargeBodies largeBodies = new LargeBodies();

  /**
   * A service that also serves the description of its API.
   *
   * @param ids what calls are named in logs and answers: a new one each time
   * @param nanoTime goes forward only
   * @throws IllegalArgumentException if two endpoints have the same path and method
   */
  public Service(
      ServiceInfo info,
      List<Endpoint> endpoints,
      EventLog log,
      Supplier<String> ids,
      LongSupplier nanoTime) {
    this.info = info;
    this.log = new CallLog(log, info.name());
    this.ids = ids;
    this.nanoTime = nanoTime;
    List<Endpoint> all = new ArrayList<>(endpoints);
    all.add(description(endpoints));
    this.resources = Resource.byPath(all);
    this.maxBody =
        all.stream()
            .flatMap(e -> e.body().stream())
            .mapToInt(b -> b.bounds().maxBody())
            .max()
            .orElse(0);
  }

  private Endpoint description(List<Endpoint> endpoints) {
    // Made when first asked for: a cold start has better things to do.
    Supplier<HttpAnswer> document = Lazily.of(() -> HttpAnswer.json(OpenApi.of(info, endpoints)));
    return Endpoint.get(OPEN_API_PATH, "this description of the API, as OpenAPI 3.1")
        .answers("the description", Schema.object().open())
        .cachedFor(DESCRIPTION_KEPT)
        .handledBy(_ -> document.get());
  }

  /** The description of the API, OpenAPI 3.1. */
  public ObjectNode openApi() {
    return OpenApi.of(info, endpoints().stream().filter(e -> !isDescription(e)).toList());
  }

  private static boolean isDescription(Endpoint endpoint) {
    return endpoint.path().equals(OPEN_API_PATH);
  }

  /** What it serves. */
  public List<Endpoint> endpoints() {
    return resources.values().stream().flatMap(resource -> resource.endpoints().stream()).toList();
  }

  /** What it says of itself. */
  public ServiceInfo info() {
    return info;
  }

  /** Bytes of the largest body that any endpoint takes: adapters need read no more. */
  public int maxBody() {
    return maxBody;
  }

  /** Answers a call. */
  public HttpAnswer handle(HttpCall call) {
    return handle(() -> call);
  }

  /** Answers a call that may turn out to be none. */
  public HttpAnswer handle(CallSource source) {
    long start = nanoTime.getAsLong();
    Exchange exchange = new Exchange(ids.get());
    HttpAnswer answer;
    Outcome outcome;
    try {
      answer = exchange.answer(source);
      outcome = Outcome.ok(answer.status());
    } catch (ApiException e) {
      outcome = Outcome.refused(e);
      answer = exchange.refusal(e);
    } catch (RuntimeException | StackOverflowError e) {
      ApiException fault =
          new ApiException(ApiProblem.INTERNAL_ERROR, "a fault of this function", e);
      outcome = Outcome.refused(fault);
      answer = exchange.refusal(fault);
    }
    log.tell(exchange.seen(), outcome, Duration.ofNanos(nanoTime.getAsLong() - start));
    return exchange.finish(answer);
  }

  /** The answer to what a server in front of it could not make a call of. */
  public HttpAnswer refuse(ApiException why) {
    Exchange exchange = new Exchange(ids.get());
    return exchange.finish(exchange.refusal(why));
  }

  /** Says that roots are simulated, if they are, on answers that are not its own. */
  public HttpAnswer marked(HttpAnswer answer) {
    return info.simulated() ? answer.with("X-Mero-Tee", "SIMULATED") : answer;
  }

  /** One call on its way to its answer. */
  private final class Exchange {
    private final String id;
    private Optional<HttpCall> call = Optional.empty();
    private Optional<Resource> resource = Optional.empty();
    private Optional<Endpoint> endpoint = Optional.empty();

    Exchange(String id) {
      this.id = id;
    }

    HttpAnswer answer(CallSource source) throws ApiException {
      HttpCall read = source.read();
      call = Optional.of(read);
      checkSizes(read);
      Resource found = resources.get(read.path());
      if (found == null) {
        throw new ApiException(ApiProblem.NOT_FOUND, "there is nothing at this path");
      }
      resource = Optional.of(found);
      if (read.method().equals("OPTIONS")) {
        return HttpAnswer.empty(204).with("Allow", found.allow());
      }
      endpoint = found.find(read.method());
      return at(
          endpoint.orElseThrow(() ->
              new ApiException(ApiProblem.METHOD_NOT_ALLOWED, "this path takes " + found.allow())),
          read);
    }

    private HttpAnswer at(Endpoint found, HttpCall read) throws ApiException {
      if (found.callersOnly() && read.caller().isEmpty()) {
        throw new ApiException(
            ApiProblem.CALLER_REQUIRED, "this function answers proven callers only");
      }
      Query query = Query.parse(read.query(), found.parameters());
      if (found.body().isEmpty()) {
        return found.handler().answer(new Request(read, id, query, Optional.empty()));
      }
      checkContentType(read);
      int counted = largeBodies.enter(read.body().length());
      try {
        ObjectNode body = found.body().get().bounds().read(read.body());
        return found.handler().answer(new Request(read, id, query, Optional.of(body)));
      } finally {
        largeBodies.done(counted);
      }
    }

    private static void checkContentType(HttpCall call) throws ApiException {
      if (!call.headers().find("Content-Type").map(MediaTypes::isJson).orElse(false)) {
        throw new ApiException(
            ApiProblem.UNSUPPORTED_MEDIA_TYPE, "the body is not said to be JSON");
      }
    }

    private static void checkSizes(HttpCall call) throws ApiException {
      if (call.path().length() > MAX_PATH || call.query().length() > MAX_QUERY) {
        throw new ApiException(ApiProblem.URL_TOO_LONG, "path or query are too long");
      }
      if (call.headers().size() > MAX_HEADERS || call.headers().length() > MAX_HEADERS_LENGTH) {
        throw new ApiException(
            ApiProblem.HEADERS_TOO_LARGE,
            "there are more than %d headers, or more than %d characters of them"
                .formatted(MAX_HEADERS, MAX_HEADERS_LENGTH));
      }
    }

    HttpAnswer refusal(ApiException e) {
      ObjectNode body = e.body();
      if (info.simulated()) {
        body.put("simulated", true);
      }
      HttpAnswer answer = HttpAnswer.json(e.status(), body);
      if (e.problem() == ApiProblem.BUSY) {
        return answer.with("Retry-After", RETRY_SECONDS);
      }
      return e.problem() == ApiProblem.METHOD_NOT_ALLOWED && resource.isPresent()
          ? answer.with("Allow", resource.get().allow())
          : answer;
    }

    HttpAnswer finish(HttpAnswer answer) {
      HttpAnswer kept = Caching.apply(answer, call, endpoint);
      HttpAnswer shared = Cors.apply(kept, call, resource);
      return marked(shared.with("X-Request-Id", id).with("X-Content-Type-Options", "nosniff"));
    }

    CallLog.Seen seen() {
      return new CallLog.Seen(
          id,
          resource.isEmpty() ? "" : call.map(HttpCall::method).filter(this::isKnown).orElse(""),
          resource.map(Resource::path).orElse(""),
          call.flatMap(HttpCall::caller));
    }

    private boolean isKnown(String method) {
      return method.equals("OPTIONS")
          || List.of(Method.values()).stream().anyMatch(known -> known.name().equals(method));
    }
  }
}
