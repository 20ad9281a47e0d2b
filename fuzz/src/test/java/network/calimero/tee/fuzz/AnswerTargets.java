package network.calimero.tee.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.functions.outbound.OutboundException;
import network.calimero.tee.functions.outbound.OutboundReader;
import network.calimero.tee.functions.verify.ita.TokenReader;
import network.calimero.tee.functions.verify.ita.TokenRefusedException;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.release.config.KmsUrl;
import network.calimero.tee.release.source.ListReader;
import network.calimero.tee.release.source.SourceException;

/** What those answer whom functions and the command line ask: hosts, mirrors, logs, issuers. */
final class AnswerTargets {
  private AnswerTargets() {}

  static List<Target> all() {
    return List.of(
        new Target(
            "host_answer", Target.VERIFYING, AnswerTargets::seeds, AnswerTargets::read, Set.of()));
  }

  private static List<Bytes> seeds() {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    List<Bytes> seeds = new ArrayList<>(TokenReader.seeds());
    for (String seed :
        List.of(
            head + "Content-Length: 2\r\n\r\n{}",
            "HTTP/1.1 100 Continue\r\n\r\n" + head + "\r\n{}",
            head + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\nTrailer: z\r\n\r\n",
            "https://[2001:db8::1]:8443/a/%41",
            "https://kms.example:444/a/../b",
            """
            [{"tag_name":"mero-kms-v2.3.40","published_at":"2026-02-01T00:00:00Z","draft":false,\
            "prerelease":false,"assets":[{"name":"a"}]}]\
            """,
            "{\"tdx_mrtd\":\"00\",\"tdx\":{\"attester_tcb_status\":\"OK\"}}")) {
      seeds.add(Genuine.utf8(seed));
    }
    return seeds;
  }

  /** Any of them in the place of any other. */
  private static void read(Bytes bytes) {
    orRefusal(() -> OutboundReader.answer(bytes));
    orRefusal(() -> OutboundReader.url(bytes));
    orRefusal(() -> kmsUrl(bytes));
    orRefusal(() -> ListReader.releases(bytes));
    orRefusal(() -> TokenReader.keys(bytes));
    orRefusal(() -> TokenReader.token(bytes));
    orRefusal(() -> TokenReader.claims(bytes, Lazily.REPORT));
  }

  private interface Reading {
    void read()
        throws OutboundException, SourceException, MalformedException, TokenRefusedException;
  }

  private static void orRefusal(Reading reading) {
    try {
      reading.read();
    } catch (OutboundException | SourceException | MalformedException | TokenRefusedException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
  }

  private static void kmsUrl(Bytes bytes) {
    KmsUrl url;
    try {
      url = KmsUrl.of(Genuine.text(bytes));
    } catch (IllegalArgumentException e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
      return;
    }
    if (!KmsUrl.of(url.text()).equals(url)) {
      throw new AssertionError("another URL than what was read: " + url);
    }
  }

  private static final class Lazily {
    static final TdReport REPORT = report();

    private static TdReport report() {
      try {
        return (TdReport) Quote.parse(Genuine.quote(Genuine.PLATFORM)).body();
      } catch (QuoteFormatException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
