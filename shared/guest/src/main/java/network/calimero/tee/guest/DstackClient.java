package network.calimero.tee.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import network.calimero.tee.guest.GuestException.Code;
import network.calimero.tee.secret.SecretBytes;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dstack guest agent behind its Unix socket (kms-protocol.md, the dstack guest agent).
 *
 * <p>Speaks the current methods only. The older agent's {@code Tappd} methods derive other keys, so
 * there is no falling back to them.
 *
 * <p>Safe for use by several threads.
 */
public final class DstackClient implements QuoteProvider, AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path socket;
  private final Limits limits;
  private final UnixHttpClient http;

  /**
   * A client for the agent at that socket; it need not be there yet.
   *
   * @param socket path of the Unix socket
   */
  public DstackClient(Path socket, Limits limits) {
    this.socket = socket;
    this.limits = limits;
    this.http = new UnixHttpClient(socket, limits);
  }

  /**
   * Derives the key at a path: the same for the same app, key provider and path, always.
   *
   * @return 32 to 2,048 bytes, for the caller to close
   * @throws GuestException if the agent gives none
   */
  public SecretBytes getKey(String path) throws GuestException {
    Map<String, String> request =
        new TreeMap<>(Map.of("path", path, "purpose", "", "algorithm", "secp256k1"));
    return call("GetKey", request, DstackAnswers::key);
  }

  @Override
  public GuestQuote quote(byte[] reportData) throws GuestException {
    GuestQuote.requireReportData(reportData);
    Map<String, String> request = Map.of("report_data", HexFormat.of().formatHex(reportData));
    return call("GetQuote", request, body -> DstackAnswers.quote(body, reportData));
  }

  /**
   * Asks who this guest is.
   *
   * @throws GuestException if the agent does not say
   */
  public AppInfo info() throws GuestException {
    return call("Info", Map.of(), DstackAnswers::info);
  }

  private <T> T call(String method, Map<String, String> request, Reader<T> reader)
      throws GuestException {
    try (HttpAnswer answer = http.post("/" + method, JSON.writeValueAsBytes(request))) {
      if (answer.status() != 200) {
        throw new GuestException(
            Code.REFUSED,
            "the dstack agent refused %s with status %d%s"
                .formatted(method, answer.status(), DstackAnswers.errorText(answer.body())));
      }
      return reader.read(answer.body());
    } catch (HttpFailure failure) {
      throw explained(method, failure);
    } catch (MalformedAnswer malformed) {
      throw new GuestException(
          Code.MALFORMED,
          "the dstack agent's answer to %s is not usable: %s; is %s a dstack guest agent's socket?"
              .formatted(method, malformed.getMessage(), socket));
    }
  }

  private GuestException explained(String method, HttpFailure failure) {
    String message =
        switch (failure.kind()) {
          case NOT_CONNECTED -> notConnected();
          case BROKEN_OFF ->
              "the dstack agent at %s closed the connection without answering %s; see its log"
                  .formatted(socket, method);
          case TIMEOUT ->
              "the dstack agent at %s did not answer %s within %d ms; see its log"
                  .formatted(socket, method, limits.total().toMillis());
          case INTERRUPTED ->
              "stopped waiting for the dstack agent's answer to %s: interrupted".formatted(method);
          case BUSY ->
              "too many calls of the dstack agent at %s wait already; try again later"
                  .formatted(socket);
          case TOO_LARGE ->
              "the dstack agent's answer to %s is over %d bytes"
                  .formatted(method, limits.maxAnswer());
          case NOT_HTTP ->
              "what listens at %s does not speak HTTP: is DSTACK_SOCKET_PATH right?"
                  .formatted(socket);
        };
    return new GuestException(failure.kind().code(), message, failure.getCause());
  }

  private String notConnected() {
    return Files.exists(socket)
        ? "nobody answers at the dstack agent's socket %s: is the agent running, and may this user open the socket?"
            .formatted(socket)
        : "there is no dstack agent's socket at %s: is DSTACK_SOCKET_PATH right, and is the socket mounted into this container?"
            .formatted(socket);
  }

  /** Ends calls in flight and frees the threads. */
  @Override
  public void close() {
    http.close();
  }

  private interface Reader<T> {
    T read(byte[] body) throws MalformedAnswer;
  }

  /**
   * How long and how much.
   *
   * @param connect until the socket is connected
   * @param total for a whole call, waiting for a free connection included
   * @param maxAnswer in bytes
   * @param concurrency calls at a time; eight times as many may wait
   */
  public record Limits(Duration connect, Duration total, int maxAnswer, int concurrency) {

    /** 2 s to connect, 15 s in all (nodes give up after 30), 4 MiB, 8 at a time. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(2), Duration.ofSeconds(15), 4 << 20, 8);

    /** Refuses what would mean "no limit". */
    public Limits {
      if (!connect.isPositive() || !total.isPositive() || maxAnswer <= 0 || concurrency <= 0) {
        throw new IllegalArgumentException("limits must be over zero");
      }
    }
  }
}
