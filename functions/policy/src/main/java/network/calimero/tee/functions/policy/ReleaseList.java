package network.calimero.tee.functions.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Endpoint;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Parameter;
import network.calimero.tee.functions.api.Request;
import network.calimero.tee.functions.api.Schema;
import network.calimero.tee.release.asset.Family;
import network.calimero.tee.release.published.KeptListing;
import network.calimero.tee.release.source.ListedRelease;
import network.calimero.tee.release.source.SourceException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /api/releases}: newest first by date of publication. The list is the store's word;
 * beside each release stands whether the document that others are judged by verifies.
 */
final class ReleaseList implements AutoCloseable {
  private static final int DEFAULT_LIMIT = 20;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final PolicyParts parts;

  ReleaseList(PolicyParts parts) {
    this.parts = parts;
  }

  Endpoint endpoint() {
    return Endpoint.get("/api/releases", "the releases that there are, newest first")
        .description(
            "By the date of publication that the release store gives; of each, the locked-read-only"
                + " policy or the published node measurements are verified. `verified` null is not"
                + " known, never to be shown as verified; `reason` says why.")
        .parameter(
            Parameter.optional(
                "limit",
                "How many at most; " + DEFAULT_LIMIT + " by default.",
                "[1-9]|[1-3][0-9]|40",
                "1 to 40",
                ApiProblem.INVALID_QUERY))
        .parameter(
            Parameter.optional(
                "family",
                "Only releases of key servers, or of node images.",
                "mero-kms|mero-tee",
                "mero-kms or mero-tee",
                ApiProblem.INVALID_QUERY))
        .answers("newest first", schema())
        .refuses(PolicyProblem.RELEASE_HOST_FAILED)
        .cachedFor(ReleaseReads.KEPT)
        .handledBy(this::answer);
  }

  private static Schema schema() {
    Schema by =
        Schema.object()
            .required("asset", Schema.text())
            .required("sha256", Schema.hex(32))
            .required("identity", Schema.text())
            .required("signed_at", Schema.text())
            .required("log_index", Schema.integer());
    Schema release =
        Schema.object()
            .required("tag", Schema.text())
            .required("family", Schema.choice("mero-kms", "mero-tee"))
            .required("version", Schema.text())
            .required("published_at", Schema.text())
            .required("verified", Schema.flag().orNull())
            .required("reason", Schema.text().orNull())
            .required("by", by.orNull())
            .named("ListedRelease");
    return Schema.object()
        .required("releases", Schema.list(release))
        .required("listed_at", Schema.text().describedAs("When the release store said so."));
  }

  private HttpAnswer answer(Request request) throws ApiException {
    Instant now = request.call().receivedAt();
    int limit = request.findParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    KeptListing.Listed listed = listed(now);
    List<ListedRelease> chosen =
        listed.releases().stream()
            .filter(release -> isOf(release.family(), request))
            .limit(limit)
            .toList();
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ArrayNode releases = answer.putArray("releases");
    List<Standing> standings = standings(chosen, now);
    for (int i = 0; i < chosen.size(); i++) {
      ListedRelease release = chosen.get(i);
      ObjectNode entry = releases.addObject();
      entry.put("tag", release.tag()).put("family", release.family().title());
      entry.put("version", release.version().toString());
      entry.put("published_at", release.publishedAt().toString());
      standings.get(i).put(entry);
    }
    answer.put("listed_at", listed.at().truncatedTo(ChronoUnit.SECONDS).toString());
    boolean complete = standings.stream().allMatch(standing -> standing.verified().isPresent());
    return complete ? HttpAnswer.json(answer) : HttpAnswer.json(answer).notKept();
  }

  private static boolean isOf(Family family, Request request) {
    return request.findParameter("family").map(family.title()::equals).orElse(true);
  }

  private KeptListing.Listed listed(Instant now) throws ApiException {
    try {
      return parts.store().listing().releases(now);
    } catch (SourceException e) {
      String found =
          e.code() == SourceException.Code.LIST_LIMITED
              ? "%s; its operator can set GITHUB_TOKEN or RELEASES_MIRRORS".formatted(e.reason())
              : "the list of releases could not be had (%s)".formatted(e.code().text());
      throw new ApiException(PolicyProblem.RELEASE_HOST_FAILED, found, e);
    }
  }

  private List<Standing> standings(List<ListedRelease> releases, Instant now) {
    List<Callable<Standing>> tasks = new ArrayList<>();
    for (ListedRelease release : releases) {
      tasks.add(() -> Standing.of(release, parts.store(), now));
    }
    Duration time = parts.listTime();
    try {
      return executor.invokeAll(tasks, time.toNanos(), TimeUnit.NANOSECONDS).stream()
          .map(ReleaseList::result)
          .toList();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return releases.stream().map(_ -> Standing.notInTime()).toList();
    }
  }

  private static Standing result(Future<Standing> future) {
    try {
      return future.get();
    } catch (CancellationException | InterruptedException _) {
      return Standing.notInTime();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
