package network.calimero.tee.release.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.http.RedirectingHttp;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.release.source.SourceException.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of releases that GitHub's API has, or a mirror in a file {@code index.json} of the same
 * form: an array of objects with {@code tag_name}, {@code published_at}, {@code draft} and {@code
 * prerelease}. The first server that has one answers.
 */
public final class ReleaseIndex implements ReleaseListing, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;

  /** Releases on a page of GitHub's: it says much of each file, some 100 KB of a release. */
  static final int PER_PAGE = 30;

  private static final int MAX_PAGES = 3;
  private static final int MAX_BODY = 16 << 20;
  private static final int MAX_ENTRIES = 2_000;
  private static final int MAX_TEXT = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(StrictJson.factory(16, MAX_TEXT, 32))
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // one entry of many is read
          .build();

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ReleasesUrl> servers;
  private final RedirectingHttp http;
  private final Optional<String> token;

  /** What is read of one; the rest is left. */
  record Entry(
      @JsonProperty("tag_name") @Nullable String tag,
      @JsonProperty("published_at") @Nullable String published,
      @JsonProperty("draft") boolean draft,
      @JsonProperty("prerelease") boolean prerelease) {

    Optional<ListedRelease> release() {
      if (tag == null || published == null || draft || prerelease) {
        return Optional.empty();
      }
      try {
        return ListedRelease.of(tag, Instant.parse(published));
      } catch (DateTimeParseException _) {
        return Optional.empty();
      }
    }
  }

  /**
   * Asks nobody yet.
   *
   * @param token for GitHub's API, and told nobody else
   */
  public ReleaseIndex(
      List<ReleasesUrl> servers, ProxySelector proxies, Duration perPage, Optional<String> token) {
    this.servers = List.copyOf(servers);
    this.token = token;
    BoundedHttp.Limits limits = new BoundedHttp.Limits(CONNECT, perPage, MAX_BODY);
    this.http =
        new RedirectingHttp(
            new BoundedHttp(BoundedHttp.USER_AGENT, limits, executor, proxies),
            (from, target) -> from.getHost().equalsIgnoreCase(target.getHost()));
  }

  @Override
  public List<ListedRelease> releases() throws SourceException {
    Optional<SourceException> failed = Optional.empty();
    for (ReleasesUrl server : servers) {
      try {
        return releases(server);
      } catch (SourceException e) {
        if (!e.code().isTheServers()) {
          throw e;
        }
        failed = failed.or(() -> Optional.of(e));
      }
    }
    throw failed.orElseThrow();
  }

  private List<ListedRelease> releases(ReleasesUrl server) throws SourceException {
    List<ListedRelease> releases = new ArrayList<>();
    List<URI> pages = server.index(MAX_PAGES, PER_PAGE);
    for (URI page : pages) {
      List<Entry> entries = parse(get(page), page);
      entries.forEach(entry -> entry.release().ifPresent(releases::add));
      if (entries.size() < PER_PAGE) {
        break;
      }
    }
    return releases.stream().distinct().sorted(ListedRelease.NEWEST_FIRST).toList();
  }

  /** What such a page says. */
  static List<Entry> parse(Bytes json, URI page) throws SourceException {
    List<Entry> entries = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json.toArray())) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw malformed(page, "no array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (entries.size() == MAX_ENTRIES) {
          throw malformed(page, "more than %d releases".formatted(MAX_ENTRIES));
        }
        entries.add(JSON.readValue(parser, Entry.class));
      }
      if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
        throw malformed(page, "an entry that is no object, or more than the array");
      }
    } catch (JacksonException e) {
      throw malformed(page, StrictJson.why(e));
    }
    return entries;
  }

  private Bytes get(URI page) throws SourceException {
    try {
      HttpResponse<Bytes> answer = http.get(page, this::headers);
      if (isLimited(answer)) {
        throw new SourceException(
            Code.LIST_LIMITED,
            "the list of releases at %s: it answers no more requests of this address for now (%s)"
                .formatted(
                    page.getHost(), token.isPresent() ? "with its token" : "without a token"),
            answer.statusCode());
      }
      if (answer.statusCode() != OK) {
        throw new SourceException(
            Code.STATUS,
            "the list of releases at %s: status %d".formatted(page.getHost(), answer.statusCode()),
            answer.statusCode());
      }
      return answer.body();
    } catch (FetchException e) {
      throw new SourceException(Code.of(e.kind()), "the list of releases: " + e.reason());
    }
  }

  /** GitHub's API answers a stranger sixty times an hour, who has a token five thousand times. */
  Map<String, String> headers(URI page) {
    return token
        .filter(_ -> ReleasesUrl.isGitHubsApi(page))
        .map(text -> Map.of("Authorization", "Bearer " + text))
        .orElse(Map.of());
  }

  /** As GitHub documents it: either status, and either header. */
  private static boolean isLimited(HttpResponse<Bytes> answer) {
    return (answer.statusCode() == FORBIDDEN || answer.statusCode() == TOO_MANY)
        && (answer.headers().firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent()
            || answer.headers().firstValue("Retry-After").isPresent());
  }

  private static SourceException malformed(URI page, String reason) {
    return new SourceException(
        Code.LIST_MALFORMED, "the list of releases at %s: %s".formatted(page.getHost(), reason));
  }

  @Override
  public void close() {
    executor.shutdownNow();
    http.close();
  }
}
