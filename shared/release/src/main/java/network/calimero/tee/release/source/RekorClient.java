package network.calimero.tee.release.source;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.release.source.SourceException.Code;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.SignatureRefusedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Sigstore's transparency log Rekor (its API, version 1) for the entries about an artifact: by
 * its digest for their names, by their names for the entries. What it answers can be kept in a
 * folder, for verifying without a network later.
 */
public final class RekorClient implements LogLookup, AutoCloseable {
  /** Sigstore's own. */
  public static final URI PUBLIC = URI.create("https://rekor.sigstore.dev");

  private static final String USER_AGENT = "mero-tee/0.1";
  private static final String JSON = "application/json";
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{64,80}");
  private static final JsonMapper MAPPER = StrictJson.mapper(4, 128, 18);
  private static final int OK = 200;

  /** The most that Rekor gives at a time. */
  private static final int PAGE = 10;

  /** Anybody can log a signature over the same file: some more than the one that is wanted. */
  private static final int MAX_ENTRIES = 100;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final String base;
  private final Optional<ReleaseFolder> folder;
  private final BoundedHttp http;

  /** Asks nobody yet. */
  public RekorClient(
      URI base, Optional<ReleaseFolder> folder, ProxySelector proxies, Duration perAnswer) {
    this.base = base.toString().replaceFirst("/+$", "");
    this.folder = folder;
    BoundedHttp.Limits limits =
        new BoundedHttp.Limits(Duration.ofSeconds(10), perAnswer, LogEntry.MAX_LOOKUP);
    this.http = new BoundedHttp(USER_AGENT, limits, executor, proxies);
  }

  @Override
  public List<LogEntry> entries(ArtifactDigest artifact) throws SourceException {
    List<LogEntry> entries = new ArrayList<>();
    String question = "{\"hash\":\"sha256:" + artifact + "\"}";
    List<String> uuids = names(post("/api/v1/index/retrieve", question));
    for (int from = 0; from < uuids.size(); from += PAGE) {
      List<String> page = uuids.subList(from, Math.min(uuids.size(), from + PAGE));
      String request = "{\"entryUUIDs\":[\"" + String.join("\",\"", page) + "\"]}";
      Bytes answer = post("/api/v1/log/entries/retrieve", request);
      entries.addAll(parse(answer));
      // More than a page is somebody's mischief, and then the network is needed.
      if (folder.isPresent() && uuids.size() <= PAGE) {
        folder.get().keepLogAnswer(artifact, answer);
      }
    }
    return List.copyOf(entries);
  }

  /** The entries that such an answer names. */
  static List<String> names(Bytes answer) throws SourceException {
    List<String> uuids = new ArrayList<>();
    try {
      for (JsonNode uuid : MAPPER.readTree(answer.toArray())) {
        String text = uuid.asString("");
        if (!UUID.matcher(text).matches() || uuids.size() == MAX_ENTRIES) {
          throw malformed("names of entries that are none, or too many");
        }
        uuids.add(text);
      }
    } catch (JacksonException e) {
      throw malformed(StrictJson.why(e));
    }
    return uuids;
  }

  /** What such an answer of the log says. */
  static List<LogEntry> parse(Bytes answer) throws SourceException {
    try {
      return LogEntry.parseLookup(answer);
    } catch (SignatureRefusedException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static SourceException malformed(String reason) {
    return new SourceException(Code.LOG_ANSWER_MALFORMED, "the log's answer: " + reason);
  }

  private Bytes post(String path, String request) throws SourceException {
    URI uri = URI.create(base + path);
    try {
      HttpResponse<Bytes> answer =
          http.post(uri, JSON, Bytes.of(request.getBytes(StandardCharsets.US_ASCII)));
      if (answer.statusCode() != OK) {
        throw new SourceException(
            Code.STATUS, "the log at %s: status %d".formatted(uri.getHost(), answer.statusCode()));
      }
      return answer.body();
    } catch (FetchException e) {
      throw new SourceException(
          Code.of(e.kind()), "the log at %s: %s".formatted(uri.getHost(), e.reason()));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    http.close();
  }
}
