package network.calimero.tee.guest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.calimero.tee.guest.GuestException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigfsTsmTest {

  private static final byte[] REPORT_DATA = "r".repeat(64).getBytes(US_ASCII);
  private static final byte[] QUOTE = ("Q" + "r".repeat(64)).getBytes(US_ASCII);

  @TempDir private Path root;

  private final FakeKernel kernel = new FakeKernel();

  @AfterEach
  void noEntryIsLeftBehind() {
    assertThat(root).isEmptyDirectory();
  }

  private GuestQuote quote() throws GuestException {
    return new ConfigfsTsm(root, kernel).quote(REPORT_DATA);
  }

  private GuestException failure() {
    GuestException failure = catchThrowableOfType(GuestException.class, this::quote);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void getsAQuoteWithoutLog() throws Exception {
    GuestQuote quote = quote();
    assertThat(quote.quote()).isEqualTo(QUOTE);
    assertThat(quote.eventLog()).isEmpty();
    assertThat(quote.vmConfig()).isEmpty();
  }

  @Test
  void needsNoParticularFirstGeneration() throws Exception {
    kernel.firstGeneration = "4294967296";
    assertThat(quote().quote()).isEqualTo(QUOTE);
  }

  @Test
  void triesAgainWhenSomebodyElseWrote() throws Exception {
    kernel.disturbances = 4;
    assertThat(quote().quote()).isEqualTo(QUOTE);
    assertThat(kernel.disturbances).isZero();
  }

  @Test
  void triesAgainWhenTheKernelRefusesADisturbedEntry() throws Exception {
    kernel.disturbances = 4;
    kernel.refuseWhenDisturbed = true;
    assertThat(quote().quote()).isEqualTo(QUOTE);
  }

  @Test
  void givesUpWhenDisturbedEveryTime() {
    kernel.disturbances = 5;
    GuestException failure = failure();
    assertThat(failure.code()).isEqualTo(Code.BUSY);
    assertThat(failure).hasMessageContaining("another process keeps writing");
    assertThat(kernel.disturbances).isZero();
  }

  @Test
  void passesOnThatThePlatformGaveNone() {
    kernel.quoteFailure = new IOException("Input/output error");
    GuestException failure = failure();
    assertThat(failure.code()).isEqualTo(Code.REFUSED);
    assertThat(failure).hasMessageContaining("QGS").hasCause(kernel.quoteFailure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sev_guest\n", "arm_cca_guest\n", "", "tdx_guest2", "tdx_\u001bguest"})
  void takesQuotesFromTdxOnly(String provider) {
    kernel.provider = provider;
    GuestException failure = failure();
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("this is not an Intel TDX VM")
        .hasMessageNotContaining("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "-1", "0 0", "99999999999999999999999"})
  void believesNoMalformedGeneration(String generation) {
    kernel.firstGeneration = generation;
    assertThat(failure().code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void believesNoEmptyAndNoHugeQuote() throws Exception {
    kernel.fixedQuote = new byte[0];
    assertThat(failure().code()).isEqualTo(Code.MALFORMED);
    kernel.fixedQuote = new byte[GuestQuote.MAX_SIZE + 1];
    assertThat(failure().code()).isEqualTo(Code.MALFORMED);
    kernel.fixedQuote = new byte[GuestQuote.MAX_SIZE];
    assertThat(quote().quote()).hasSize(GuestQuote.MAX_SIZE);
  }

  @Test
  void saysWhenThereIsNoConfigfs() {
    ConfigfsTsm tsm = new ConfigfsTsm(root.resolve("tsm/report"));
    GuestException failure =
        catchThrowableOfType(GuestException.class, () -> tsm.quote(REPORT_DATA));
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure)
        .hasMessageStartingWith("there is no directory " + root.resolve("tsm/report"))
        .hasMessageContaining("tdx_guest");
  }

  @Test
  void saysWhenTheRootIsAnOrdinaryDirectory() throws Exception {
    GuestException failure =
        catchThrowableOfType(GuestException.class, () -> new ConfigfsTsm(root).quote(REPORT_DATA));
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure).hasMessageEndingWith("is " + root + " configfs-tsm?");
  }

  @Test
  void givesTheQuoteEvenIfItsEntryCannotBeRemoved() throws Exception {
    FakeKernel stubborn =
        new FakeKernel() {
          @Override
          public void removeEntry(Path entry) throws IOException {
            super.removeEntry(entry);
            throw new IOException("Device or resource busy");
          }
        };
    assertThat(new ConfigfsTsm(root, stubborn).quote(REPORT_DATA).quote()).isEqualTo(QUOTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65})
  void asksForExactly64BytesOfReportData(int size) {
    ConfigfsTsm tsm = new ConfigfsTsm(root, kernel);
    assertThatThrownBy(() -> tsm.quote(new byte[size]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makesOneQuoteAtATimeForMany() throws Exception {
    ConfigfsTsm tsm = new ConfigfsTsm(root, kernel);
    List<Future<byte[]>> quotes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        byte[] data = String.valueOf((char) ('A' + i)).repeat(64).getBytes(US_ASCII);
        quotes.add(threads.submit(() -> tsm.quote(data).quote()));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(quotes.get(i).get()).startsWith('Q', 'A' + i).hasSize(65);
      }
    }
  }

  @Test
  void letsOnlySoManyWait() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    FakeKernel gated =
        new FakeKernel() {
          @Override
          public void createEntry(Path entry) throws IOException {
            awaitUninterruptibly(open);
            super.createEntry(entry);
          }
        };
    ConfigfsTsm tsm = new ConfigfsTsm(root, gated);
    int calls = 100;
    int busy = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ExecutorCompletionService<Boolean>(threads);
      for (int i = 0; i < calls; i++) {
        var _ = outcomes.submit(() -> isTurnedAway(tsm));
      }
      // The gate is shut, so what is done first was turned away.
      assertThat(outcomes.take().get()).isTrue();
      open.countDown();
      for (int i = 1; i < calls; i++) {
        busy += outcomes.take().get() ? 1 : 0;
      }
    }
    assertThat(calls - 1 - busy).isGreaterThanOrEqualTo(16);
  }

  private static boolean isTurnedAway(ConfigfsTsm tsm) {
    try {
      assertThat(tsm.quote(REPORT_DATA).quote()).isEqualTo(QUOTE);
      return false;
    } catch (GuestException e) {
      assertThat(e.code()).isEqualTo(Code.BUSY);
      return true;
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
