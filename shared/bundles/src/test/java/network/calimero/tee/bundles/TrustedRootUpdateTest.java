package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.calimero.tee.bundles.TrustedRootUpdateException.Code;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.TrustedRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedRootUpdateTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Bytes FIRST = TrustedRoot.publicGoodJson();
  private static final Bytes SECOND =
      Bytes.of((new String(FIRST.toArray(), UTF_8) + "\n").getBytes(UTF_8));

  @TempDir Path directory;
  private KeptTrustedRoot kept;
  private SimulatedTuf tuf;

  @BeforeEach
  void open() throws IOException {
    kept = new KeptTrustedRoot(directory.resolve("sigstore"));
    tuf = new SimulatedTuf(NOW);
  }

  @AfterEach
  void close() {
    tuf.close();
  }

  @Test
  void keepsWhatTheRepositoryHasAndThenWhatItHasNext() throws Exception {
    assertThat(kept.read()).isEmpty();
    tuf.publish(1, FIRST, WEEK);
    assertThat(update(NOW)).isEqualTo(FIRST);
    assertThat(kept.read()).contains(FIRST);
    tuf.publish(2, SECOND, WEEK);
    assertThat(update(NOW)).isEqualTo(SECOND);
    assertThat(kept.read()).contains(SECOND);
    assertThat(update(NOW)).isEqualTo(SECOND);
    assertThat(names()).containsOnly("trusted_root.json", "tuf");
  }

  @Test
  void refusesAnOlderStateThanItHasSeenAndKeepsTheNewerOne() throws Exception {
    tuf.publish(2, SECOND, WEEK);
    update(NOW);
    tuf.publish(1, FIRST, WEEK);
    assertRefused(Code.TUF_REFUSED, NOW);
  }

  @Test
  void refusesARepositoryThatStandsStillBeyondItsTime() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    update(NOW);
    assertThat(update(NOW.plus(WEEK))).isEqualTo(FIRST);
    assertRefused(Code.TUF_REFUSED, NOW.plus(WEEK).plusSeconds(1));
    tuf.publish(2, SECOND, Duration.ofDays(-1));
    assertRefused(Code.TUF_REFUSED, NOW);
  }

  @Test
  void refusesWhatAnotherKeySigned() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    update(NOW);
    tuf.publishUnderAnotherKey(2, SECOND, WEEK);
    assertRefused(Code.TUF_REFUSED, NOW);
  }

  @Test
  void refusesThePublicRepositorysNameWithoutItsKeys() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    var refusal =
        refusal(() ->
            TrustedRootUpdate.publicGood(tuf.address(), HttpClient.Builder.NO_PROXY)
                .run(kept, NOW));
    assertThat(refusal.code()).isEqualTo(Code.TUF_REFUSED);
    assertThat(kept.read()).isEmpty();
  }

  @Test
  void refusesATargetThatIsNotTheSignedOne() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    update(NOW);
    for (Bytes other :
        new Bytes[] {
          Bytes.of("{}".getBytes(UTF_8)),
          Bytes.of(new byte[SECOND.length() + 1]),
          Bytes.of(new byte[KeptTrustedRoot.MAX_SIZE + 1])
        }) {
      tuf.publish(2, SECOND, WEEK);
      tuf.replace(".trusted_root.json", other.toArray());
      TrustedRootUpdateException refusal = refusal(() -> update(NOW));
      assertThat(refusal.code()).isIn(Code.TUF_REFUSED, Code.TUF_UNREACHABLE);
      assertThat(kept.read()).contains(FIRST);
    }
  }

  @Test
  void refusesASignedTrustedRootThatCannotBeUsed() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    update(NOW);
    tuf.publish(2, Bytes.of("{\"mediaType\":\"text/plain\"}".getBytes(UTF_8)), WEEK);
    assertRefused(Code.TUF_REFUSED, NOW);
  }

  @Test
  void saysThatItCannotReachARepositoryAndLeavesWhatWasThere() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    update(NOW);
    Map<String, Bytes> before = content();
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    var refusal = refusal(() -> TrustedRootUpdate.from(nobody, tuf.root()).run(kept, NOW));
    assertThat(refusal.code()).isEqualTo(Code.TUF_UNREACHABLE);
    assertThat(refusal.reason()).contains("127.0.0.1");
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void saysThatItCannotWriteIntoAFile() throws Exception {
    tuf.publish(1, FIRST, WEEK);
    KeptTrustedRoot there = new KeptTrustedRoot(Files.createFile(directory.resolve("file")));
    var refusal = refusal(() -> TrustedRootUpdate.from(tuf.address(), tuf.root()).run(there, NOW));
    assertThat(refusal.code()).isEqualTo(Code.TUF_NOT_KEPT);
    assertThat(refusal.reason()).contains("file");
  }

  /** And that nothing at all is other than before. */
  private void assertRefused(Code code, Instant now) throws IOException {
    Map<String, Bytes> before = content();
    assertThat(refusal(() -> update(now)).code()).isEqualTo(code);
    assertThat(content()).isEqualTo(before);
  }

  private Bytes update(Instant now) throws TrustedRootUpdateException {
    return TrustedRootUpdate.from(tuf.address(), tuf.root()).run(kept, now);
  }

  private static TrustedRootUpdateException refusal(ThrowingCallable update) {
    return catchThrowableOfType(TrustedRootUpdateException.class, update);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(kept.directory())) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  private Map<String, Bytes> content() throws IOException {
    Map<String, Bytes> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(kept.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file.toString(), Bytes.of(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
