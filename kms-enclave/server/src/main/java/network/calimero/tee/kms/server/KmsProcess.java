package network.calimero.tee.kms.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import network.calimero.tee.guest.RuntimeMeasurements;
import network.calimero.tee.kms.cluster.UnfitReplicaException;
import network.calimero.tee.kms.config.Backend;
import network.calimero.tee.kms.config.ConfigurationException;
import network.calimero.tee.kms.config.Floors;
import network.calimero.tee.kms.config.Image;
import network.calimero.tee.kms.config.KmsConfig;
import network.calimero.tee.kms.server.cluster.ClusterSettings;
import network.calimero.tee.kms.server.http.HttpLimits;
import network.calimero.tee.kms.server.log.JulLog;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.kms.time.StaleException;
import network.calimero.tee.log.EventLog;
import network.calimero.tee.log.LogEvent;

/** The key server as a process: from its environment to its exit code. */
public final class KmsProcess {
  /** Ended by SIGTERM or SIGINT, with every request in flight answered. */
  static final int STOPPED = 0;

  /** Could not start, for another reason than its configuration. */
  static final int FAILED = 1;

  /** The configuration or the command line is wrong. */
  static final int MISCONFIGURED = 2;

  private static final int START_SECONDS = 5;

  private static final Duration HEAD_START = Duration.ofMillis(150);

  /** Causes may go in a circle. */
  private static final int MAX_REASONS = 8;

  private KmsProcess() {}

  /**
   * Starts the server and returns; it then runs until a signal ends the process with code 0. If it
   * cannot start, says why on standard error and ends the process with code 1 or 2.
   *
   * @param files where the image has what is measured of the configuration
   */
  public static void start(Map<String, String> environment, Image.Files files, Trust trust) {
    start(environment, files, RuntimeMeasurements.Places.DEFAULT, trust);
  }

  /**
   * The same in a guest that has RTMR3 elsewhere.
   *
   * @param rtmr3 where it and its log are
   */
  static void start(
      Map<String, String> environment,
      Image.Files files,
      RuntimeMeasurements.Places rtmr3,
      Trust trust) {
    JulLog log = JulLog.takeOver(new FileOutputStream(FileDescriptor.out), Level.INFO);
    try {
      KmsConfig config = KmsConfig.read(environment, Image.read(files));
      log.level(config.logLevel());
      run(config, rtmr3, trust, log);
    } catch (ConfigurationException e) {
      e.problems().forEach(KmsProcess::complain);
      end(MISCONFIGURED);
    } catch (IOException | UnfitReplicaException | BootContradictionException e) {
      complain(String.valueOf(e.getMessage()));
      end(FAILED);
    } catch (RuntimeException | Error e) { // else it would end as if a signal had asked for it
      complain("the start failed: " + reasons(e));
      end(FAILED);
    }
  }

  private static void run(
      KmsConfig config, RuntimeMeasurements.Places rtmr3, Trust trust, JulLog log)
      throws IOException,
          ConfigurationException,
          UnfitReplicaException,
          BootContradictionException {
    CompletableFuture<KmsServer> running = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop"));
    SecureRandom random = new SecureRandom();
    PolicyFeed policy = PolicyFeed.of(config, trust.releases(), random, log);
    SteadyClock clock = SteadyClock.ofSystem();
    FreshnessGuard freshness = freshness(config.floors(), BuildTime.read(), clock.instant(), log);
    switch (config.backend()) {
      case Backend.Dstack _ -> {
        BootClaim.make(config, new RuntimeMeasurements(rtmr3), log);
        Warming<DstackPlatform> platform =
            new Warming<>(
                "platform",
                () ->
                    DstackPlatform.open(config, trust.platforms().get(), clock, freshness, random));
        running.complete(
            KmsServer.start(
                config,
                policy,
                () -> platform.get().ports(),
                Optional.empty(),
                random,
                HttpLimits.DEFAULT,
                log));
        leaveTheProcessors();
        platform.begin();
        platform.get().begin(log);
      }
      case Backend.Tdx tdx -> {
        TdxPlatform platform =
            TdxPlatform.open(
                ClusterSettings.onLinux(tdx.bootstrap(), tdx.peers(), tdx.joinRetry()),
                config.pcsServers(),
                policy.policy(),
                trust.platforms().get(),
                clock,
                freshness,
                random,
                log);
        running.complete(
            KmsServer.start(config, policy, platform.ports(), HttpLimits.DEFAULT, log));
        platform.begin(log);
      }
    }
  }

  /** The guard of this process, which has seen nothing yet; what it lacks or refuses is said. */
  static FreshnessGuard freshness(
      Floors floors, Optional<Instant> buildTime, Instant now, EventLog log) {
    FreshnessGuard guard =
        new FreshnessGuard(
            buildTime.orElse(Instant.EPOCH),
            new Minimums(floors.tcbEvaluationDataNumber(), floors.qeEvaluationDataNumber()),
            new SeenCollateral());
    if (buildTime.isEmpty()) {
      log.tell(
          LogEvent.of(Level.WARNING, "build.time_unknown")
              .with("details", "this build does not say when its sources were committed")
              .with("consequence", "a clock that was turned back is not noticed by that"));
    }
    try {
      guard.at(now);
    } catch (StaleException e) {
      log.tell(
          LogEvent.of(Level.ERROR, "clock.refused")
              .with("details", String.valueOf(e.getMessage()))
              .with("consequence", "serving, but no quote is verified and no key released")
              .with("advice", e.reason().advice()));
    }
    return guard;
  }

  /**
   * To the first answer, which tells that it lives: loading the rest would take as long again from
   * it. What needs the rest waits for it either way.
   */
  private static void leaveTheProcessors() {
    try {
      Thread.sleep(HEAD_START);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A signal may come while the server is still starting: that takes less than the wait. */
  private static void stop(CompletableFuture<KmsServer> running) {
    try {
      running.get(START_SECONDS, TimeUnit.SECONDS).close();
    } catch (ExecutionException | TimeoutException e) {
      complain("stopped before it was started: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Without this the process would end with 128 plus the signal's number.
      end(STOPPED);
    }
  }

  /** At once: what has to be done in order is done, and shutdown hooks would change the code. */
  private static void end(int code) {
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  /** An exception and what led to it, in one line. */
  private static String reasons(Throwable failure) {
    StringJoiner reasons = new StringJoiner(", because of ");
    Throwable reason = failure;
    for (int depth = 0; reason != null && depth < MAX_REASONS; depth++) {
      reasons.add(reason.toString());
      reason = reason.getCause();
    }
    return reasons.toString();
  }

  static void complain(String problem) {
    PrintStream err = System.err;
    err.println("error: " + problem);
  }
}
