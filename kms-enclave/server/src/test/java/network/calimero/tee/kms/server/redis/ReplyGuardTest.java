package network.calimero.tee.kms.server.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import network.calimero.tee.kms.server.redis.ReplyGuard.UnexpectedReplyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes by, to the byte; what comes of it for a client is {@link RedisChallengeStoreTest}'s.
 */
class ReplyGuardTest {
  private static final int MAX = ReplyGuard.MAX_REPLY;

  private static void see(ReplyGuard guard, String bytes) throws IOException {
    byte[] all = ("++" + bytes + "++").getBytes(US_ASCII);
    guard.see(all, 2, all.length - 4);
  }

  private static void assertRefused(String bytes, String why) {
    assertThatExceptionOfType(UnexpectedReplyException.class)
        .as(bytes)
        .isThrownBy(() -> see(new ReplyGuard(), bytes))
        .withMessageContaining(why);
  }

  /** Each is whole: another one may follow, and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "-ERR no\r\n",
        ":-1\r\n",
        "$-1\r\n",
        "$0\r\n\r\n",
        "$2\r\n\r\n\r\n",
        "$10\r\n0123456789\r\n",
        "$9\r\n123456789\r\n",
        "$000001\r\na\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n$1\r\na\r\n:1\r\n",
        "*2\r\n*1\r\n*1\r\n*2\r\n+a\r\n+b\r\n+c\r\n"
      })
  void wholeRepliesGoByAgainAndAgain(String reply) {
    ReplyGuard guard = new ReplyGuard();
    assertThatCode(() -> see(guard, reply.repeat(1 + 2 * MAX / reply.length())))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(UnexpectedReplyException.class)
        .isThrownBy(() -> see(guard, "x"))
        .withMessageContaining("unknown type");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          %, unknown type
          $LF, no number
          $CRLF, no number
          $-CRLF, no number
          $--1CRLF, no number
          $1-CRLF, no number
          $1/, no number
          $1:, no number
          $0000001, too large
          $65537CRLF, 65537 bytes or parts
          *65537CRLF, 65537 bytes or parts
          $-2CRLF, -2 bytes or parts
          $1CR0, half the end
          $1LF, no number
          +aLF, half the end
          +aCRCR, half the end
          :1CRa, half the end
          $1CRLFaCRLF$1LF, no number
          *1CRLF*1CRLF*1CRLF*1CRLF*1CRLF, nests deeper than 4
          *1CRLF*1CRLF*1CRLF*0CRLF%, unknown type
          """)
  void whatIsNoReplyIsRefused(String reply, String why) {
    assertRefused(reply.replace("CR", "\r").replace("LF", "\n"), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "*2\r\n+a\r\n+", "*2\r\n$60000\r\n"})
  void aReplyIsNoLongerThanItMayBe(String start) {
    String part = start.endsWith("+") ? "" : "a".repeat(60_000) + "\r\n$60000\r\n";
    String longest = start + part + "a".repeat(MAX - start.length() - part.length());
    assertThatCode(() -> see(new ReplyGuard(), longest)).doesNotThrowAnyException();
    assertRefused(longest + "a", "more than 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX - 1, MAX})
  void aTextMayBeAnnouncedAsLongAsAReply(int length) {
    assertThatCode(() -> see(new ReplyGuard(), "$%d\r\naa".formatted(length)))
        .doesNotThrowAnyException();
  }
}
