package network.calimero.tee.simulator.releases;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;
import network.calimero.tee.simulator.sigstore.RekorApi;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of releases over HTTP on the loopback address, under the paths that GitHub gives them, and
 * the log in which their signatures can be looked up. What it was not given is 404. Content and
 * faults can change while it runs; every request is on record.
 */
public final class ReleaseServer implements AutoCloseable {
  private static final String BASE = "/calimero-network/mero-tee/releases";
  private static final String DOWNLOAD = BASE + "/download/";
  private static final String STORAGE = "/storage/";
  private static final String INDEX = BASE + "/index.json";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Instant> published = new ConcurrentHashMap<>();
  private final RekorApi log = new RekorApi();
  private final LoopbackServer server;
  private volatile boolean storedElsewhere;

  private ReleaseServer(int port) throws IOException {
    server = LoopbackServer.start(port, this::answer);
  }

  /** Starts on a free port. */
  public static ReleaseServer start() throws IOException {
    return start(0);
  }

  /** Starts on a port. */
  public static ReleaseServer start(int port) throws IOException {
    return new ReleaseServer(port);
  }

  /** What {@code RELEASES_URL} is to be. */
  public URI releases() {
    return server.baseUri().resolve(BASE);
  }

  /** The base address of the log. */
  public URI log() {
    return server.baseUri();
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** The address of a file. */
  public URI file(String tag, String asset) {
    return server.baseUri().resolve(DOWNLOAD + tag + "/" + asset);
  }

  /** Serves a file of a release, in place of what was there. */
  public ReleaseServer serve(String tag, String asset, byte[] content) {
    files.put(tag + "/" + asset, content.clone());
    return this;
  }

  /** Serves a policy as the file of its profile. */
  public ReleaseServer serve(SimulatedPolicy policy) {
    return serve(policy.tag(), policy.asset(), policy.json());
  }

  /** Lists a release as published then, whatever files it has. */
  public ReleaseServer list(String tag, Instant publishedAt) {
    published.put(tag, publishedAt);
    return this;
  }

  /**
   * Serves and lists all files of both families, and answers for the log that has their signatures.
   */
  public ReleaseServer serve(SimulatedRelease release) {
    release
        .files()
        .forEach((tag, assets) -> {
          assets.forEach((asset, content) -> serve(tag, asset, content));
          list(tag, release.madeAt());
        });
    return serve(release.sigstore());
  }

  /** Answers for the log of a service, too. */
  public ReleaseServer serve(SimulatedSigstore sigstore) {
    log.add(sigstore);
    return this;
  }

  /** Serves nothing any more. */
  public ReleaseServer serveNothing() {
    files.clear();
    published.clear();
    log.clear();
    return this;
  }

  /** Sends those who ask for a file to another path, as GitHub does. */
  public ReleaseServer storeElsewhere() {
    storedElsewhere = true;
    return this;
  }

  /** Lets every answer wait, as a network's round trip would. */
  public ReleaseServer delay(Duration roundTrip) {
    server.delay(roundTrip);
    return this;
  }

  /** Misbehaves on all paths that end in a text, until {@link #clearFaults}. */
  public ReleaseServer fault(String end, HttpFault fault) {
    return fault(end, fault, Integer.MAX_VALUE);
  }

  /** Misbehaves a number of times. */
  public ReleaseServer fault(String end, HttpFault fault, int times) {
    server.fault(call -> call.path().endsWith(end), fault, times);
    return this;
  }

  /** Behaves again. */
  public ReleaseServer clearFaults() {
    server.clearFaults();
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<HttpCall> requests() {
    return server.requests();
  }

  /** Waits until there has been one. */
  public void awaitRequest() {
    server.awaitRequest();
  }

  /** Stops, and lets go of clients that were left hanging. */
  @Override
  public void close() {
    server.close();
  }

  private HttpAnswer answer(HttpCall call) {
    String path = call.path();
    if (path.startsWith(DOWNLOAD) && storedElsewhere) {
      return HttpAnswer.redirect(STORAGE + path.substring(DOWNLOAD.length()));
    }
    if (path.startsWith(DOWNLOAD)) {
      return file(path.substring(DOWNLOAD.length()));
    }
    if (path.equals(INDEX)) {
      return HttpAnswer.ok("application/json", index());
    }
    return path.startsWith(STORAGE)
        ? file(path.substring(STORAGE.length()))
        : log.answer(call).orElse(HttpAnswer.empty(404));
  }

  /** As GitHub's API lists releases, in no order that anybody should rely on, but shorter. */
  private byte[] index() {
    ArrayNode list = JsonMapper.shared().createArrayNode();
    published.forEach((tag, at) -> {
      ObjectNode entry = list.addObject();
      entry.put("id", list.size()).put("tag_name", tag).put("name", tag);
      entry.put("target_commitish", "master").put("draft", false).put("prerelease", false);
      entry.put("created_at", at.toString()).put("published_at", at.toString());
      entry.putObject("author").put("login", "somebody").put("site_admin", false);
      entry
          .putArray("assets")
          .addObject()
          .put("name", "checksums.txt")
          .put("size", 1)
          .putNull("label");
      entry.putNull("discussion_url").put("body", "What changed:\n- something");
    });
    return JsonMapper.shared().writeValueAsBytes(list);
  }

  private HttpAnswer file(String name) {
    byte[] content = files.get(name);
    return content == null
        ? HttpAnswer.empty(404)
        : HttpAnswer.ok("application/octet-stream", content);
  }
}
