package network.calimero.tee.simulator.pcs;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.http.LoopbackServer;

/**
 * Intel's provisioning certification service, version 4, and the caching service of the same shape,
 * over HTTP on the loopback address (dcap.md, "Collateral"). It serves simulated collateral and any
 * collateral in the exchange form; what it was not given is 404. Content and faults can change
 * while it runs; every request is on record.
 */
public final class PcsServer implements AutoCloseable {
  /** The fault of leaving out the issuer chain header. */
  public static final HttpFault NO_ISSUER_CHAIN = new HttpFault.WithoutHeaders("-Issuer-Chain");

  private static final String STANDARD = "standard";

  private final PcsCatalogue catalogue = new PcsCatalogue();
  private final LoopbackServer server;

  private PcsServer(int port) throws IOException {
    server = LoopbackServer.start(port, this::answer);
  }

  /** Starts on a free port. */
  public static PcsServer start() throws IOException {
    return start(0);
  }

  /** Starts on a port. */
  public static PcsServer start(int port) throws IOException {
    return new PcsServer(port);
  }

  /** The base address, without a path. */
  public URI baseUri() {
    return server.baseUri();
  }

  /**
   * Serves collateral where it belongs by what it says of itself, in place of what was there: of
   * two CRLs of one authority, or two QE identities, the later one is served.
   */
  public PcsServer serve(SimulatedCollateral collateral) {
    return serve(PcsPlace.of(collateral), collateral);
  }

  /** Serves collateral under given parameters, whatever it says. */
  public PcsServer serve(PcsPlace place, SimulatedCollateral collateral) {
    catalogue.put(place, STANDARD, collateral);
    return this;
  }

  /** Serves documents to those who ask with {@code update=early}, or by their evaluation number. */
  public PcsServer serveEarly(SimulatedCollateral collateral) {
    catalogue.put(PcsPlace.of(collateral), "early", collateral);
    return this;
  }

  /**
   * Serves a PCK certificate to those whose query has at least these parameters, such as {@code
   * cpusvn}.
   *
   * @param chain leaf and issuers in PEM
   */
  public PcsServer servePckCertificate(Map<String, String> parameters, String chain) {
    catalogue.putPck(parameters, chain);
    return this;
  }

  /** Forgets everything it serves; faults and the record of requests stay. */
  public PcsServer serveNothing() {
    catalogue.clear();
    return this;
  }

  /**
   * Misbehaves on every request whose path and sorted query contain a text, until {@link
   * #clearFaults}; the newest fault that fits is used.
   */
  public PcsServer fault(String part, HttpFault fault) {
    return fault(part, fault, Integer.MAX_VALUE);
  }

  /** Misbehaves a number of times. */
  public PcsServer fault(String part, HttpFault fault, int times) {
    server.fault(call -> call.target().contains(part), fault, times);
    return this;
  }

  /** Behaves again. */
  public PcsServer clearFaults() {
    server.clearFaults();
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<HttpCall> requests() {
    return server.requests();
  }

  /** How many requests contain a text in path and sorted query. */
  public long count(String part) {
    return requests().stream().filter(request -> request.target().contains(part)).count();
  }

  /** Stops, and lets go of clients that were left hanging. */
  @Override
  public void close() {
    server.close();
  }

  private HttpAnswer answer(HttpCall call) {
    return call.method().equals("GET")
        ? catalogue.find(call).orElse(HttpAnswer.empty(404))
        : HttpAnswer.empty(405);
  }
}
