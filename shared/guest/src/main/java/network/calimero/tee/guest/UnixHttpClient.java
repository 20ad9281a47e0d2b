package network.calimero.tee.guest;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.guest.DstackClient.Limits;
import network.calimero.tee.guest.HttpFailure.Kind;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Plain HTTP/1.1 posts of JSON over a Unix socket: bounded, and without a browser's habits. */
final class UnixHttpClient implements AutoCloseable {

  private static final int WAITING_PER_CALL = 8;
  private static final int THREADS = 8;

  private final Path socket;
  private final Limits limits;
  private final HttpClient client;

  UnixHttpClient(Path socket, Limits limits) {
    this.socket = socket;
    this.limits = limits;
    this.client = client(limits);
    LifeCycle.start(client);
    // Registered by the start, and not wanted: unpacking of small answers to large ones, redirects,
    // passwords.
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
  }

  private static HttpClient client(Limits limits) {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(new NoTls());
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("dstack-client");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler("dstack-client-timer", true));
    client.setConnectTimeout(limits.connect().toMillis());
    client.setMaxConnectionsPerDestination(limits.concurrency());
    client.setMaxRequestsQueuedPerDestination(WAITING_PER_CALL * limits.concurrency());
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    return client;
  }

  /** Posts and waits. */
  HttpAnswer post(String path, byte[] json) throws HttpFailure {
    AnswerCollector collector = new AnswerCollector(limits.maxAnswer());
    Request request =
        client
            .newRequest("http://localhost" + path)
            .transport(new Transport.TCPUnix(socket))
            .method(HttpMethod.POST)
            // A connection of its own for each call costs little on one machine, and no call can
            // meet a connection that the agent is just closing.
            .headers(headers -> headers.put(HttpHeader.CONNECTION, "close"))
            .body(new BytesRequestContent("application/json", json))
            .timeout(limits.total().toMillis(), TimeUnit.MILLISECONDS)
            .onRequestBegin(collector);
    request.send(collector);
    try {
      return collector.answer().get();
    } catch (InterruptedException e) {
      var _ = request.abort(e);
      Thread.currentThread().interrupt();
      throw new HttpFailure(Kind.INTERRUPTED, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("a call completes with an answer or an HttpFailure", e);
    }
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }

  /** Loads no trust store, which would be a good part of a start, for connections without TLS. */
  private static final class NoTls extends SslContextFactory.Client {
    @Override
    protected void doStart() {
      // Nothing to prepare: it is never asked for a TLS engine.
    }
  }
}
