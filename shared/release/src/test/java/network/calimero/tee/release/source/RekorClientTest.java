package network.calimero.tee.release.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.release.source.SourceException.Code;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.DetachedSignature;
import network.calimero.tee.sigstore.LogEntry;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.releases.ReleaseServer;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the log, over its API. */
class RekorClientTest {
  private static final SimulatedRelease RELEASE =
      SimulatedRelease.of("2.3.40", ReleaseGeneration.A);
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final byte[] FILE =
      "a file that many have signed".getBytes(StandardCharsets.UTF_8);
  private static final ArtifactDigest DIGEST = ArtifactDigest.of(Bytes.of(FILE));

  private static ReleaseServer server;

  @BeforeAll
  static void start() throws IOException {
    server = ReleaseServer.start();
    server.serve(RELEASE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static DetachedSignature logged() throws SignatureRefusedException {
    SignedArtifact signed = RELEASE.sigstore().sign(FILE, WorkflowIdentity.kms(false), NOW);
    return DetachedSignature.parse(Bytes.of(signed.sig()), Bytes.of(signed.pem()));
  }

  private static List<LogEntry> asked(Optional<ReleaseFolder> folder, DetachedSignature signature)
      throws SourceException {
    ProxySelector direct = ProxySelector.of(null);
    try (RekorClient log = new RekorClient(server.log(), folder, direct, Duration.ofSeconds(20))) {
      return log.entries(DIGEST, signature);
    }
  }

  @Test
  void whatOthersLoggedOverTheSameFileDoesNotMatter() throws Exception {
    DetachedSignature wanted = logged();
    for (int foreign = 0; foreign < 150; foreign++) {
      logged();
    }
    List<LogEntry> entries = asked(Optional.empty(), wanted);
    assertThat(entries).hasSize(1);
    assertThat(wanted.among(entries)).isPresent();
  }

  @Test
  void anAnswerIsKeptForLaterAndOnlyIfItHasSomething(@TempDir Path home) throws Exception {
    ReleaseFolder folder = new ReleaseFolder(home);
    KeptLogAnswers kept = new KeptLogAnswers(folder, Optional.empty());
    DetachedSignature wanted = logged();
    DetachedSignature never = new DetachedSignature(wanted.certificate(), wanted.signature());

    assertThat(asked(Optional.of(folder), never)).isEmpty();
    refused(Code.LOG_NOT_ASKED, () -> kept.entries(DIGEST, wanted));
    List<LogEntry> entries = asked(Optional.of(folder), wanted);
    assertThat(kept.entries(DIGEST, wanted)).isEqualTo(entries).hasSize(1);
  }

  @Test
  void aLogThatCannotAnswerIsNoLogWithoutTheEntry() throws Exception {
    DetachedSignature wanted = logged();
    server.fault("retrieve", new HttpFault.Status(500), 1);
    refused(Code.STATUS, () -> asked(Optional.empty(), wanted));
  }

  private static void refused(Code code, ThrowingCallable asked) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(asked)
        .matches(refused -> refused.code() == code);
  }
}
