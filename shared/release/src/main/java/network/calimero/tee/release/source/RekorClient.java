package network.calimero.tee.release.source;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import network.calimero.tee.release.source.SourceException.Code;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.SignatureRefusedException;

/**
 * Asks Sigstore's transparency log Rekor (its API, version 1) for the entry of a signature, by its
 * name, so that what others logged about the same artifact does not matter. What it answers can be
 * kept in a folder, for verifying without a network later.
 */
public final class RekorClient implements LogLookup, AutoCloseable {
  /** Sigstore's own. */
  public static final URI PUBLIC = URI.create("https://rekor.sigstore.dev");

  private static final String JSON = "application/json";
  private static final int OK = 200;

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
    this.http = new BoundedHttp(BoundedHttp.USER_AGENT, limits, executor, proxies);
  }

  @Override
  public List<LogEntry> entries(ArtifactDigest artifact, DetachedSignature signature)
      throws SourceException {
    String request = "{\"entryUUIDs\":[\"" + signature.entryName(artifact) + "\"]}";
    Bytes answer = post("/api/v1/log/entries/retrieve", request);
    List<LogEntry> entries = parse(answer);
    if (folder.isPresent() && !entries.isEmpty()) {
      folder.get().keepLogAnswer(artifact, answer);
    }
    return entries;
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
