package network.calimero.tee.kms.server.policy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicySignature;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.policy.RequiredRelease;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.policy.release.PolicyDocument;

/** A loader that tries only when it is told to, on the caller's thread. */
public final class SteppedLoader implements AutoCloseable {
  private static final BoundedHttp.Limits SHORT =
      new BoundedHttp.Limits(
          Duration.ofSeconds(2), Duration.ofMillis(300), PolicyDocument.MAX_SIZE);

  private final Steps steps = new Steps();
  private final PolicyLoader loader;

  private SteppedLoader(
      RequiredRelease required,
      PolicySignature signature,
      URI releases,
      BoundedHttp.Limits limits,
      EventLog log) {
    loader =
        new PolicyLoader(
            required,
            signature,
            releases,
            new ReleaseDownload(limits),
            Backoff.usual(new Random(1)),
            steps,
            log);
    loader.start();
  }

  /** One with the time limits of production. */
  public static SteppedLoader of(
      RequiredRelease required, PolicySignature signature, URI releases, EventLog log) {
    return new SteppedLoader(required, signature, releases, ReleaseDownload.LIMITS, log);
  }

  /** One that gives up on a silent server soon. */
  static SteppedLoader impatient(
      RequiredRelease required, PolicySignature signature, URI releases, EventLog log) {
    return new SteppedLoader(required, signature, releases, SHORT, log);
  }

  /** What is loaded. */
  public CurrentPolicy policy() {
    return loader.policy();
  }

  /** Makes the attempt that is due next. */
  public PolicyState attempt() {
    steps.tasks.removeFirst().task().run();
    return loader.policy().current();
  }

  /** Whether another attempt is planned. */
  public boolean willTryAgain() {
    return !steps.tasks.isEmpty();
  }

  /** How long it would wait for that. */
  Duration pause() {
    return steps.tasks.getFirst().delay();
  }

  @Override
  public void close() {
    loader.close();
  }

  private record Planned(Duration delay, Runnable task) {}

  private static final class Steps implements Scheduler {
    private final Deque<Planned> tasks = new ArrayDeque<>();

    @Override
    public void after(Duration delay, Runnable task) {
      tasks.addLast(new Planned(delay, task));
    }

    @Override
    public void close() {
      tasks.clear();
    }
  }
}
