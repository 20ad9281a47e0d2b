package network.calimero.tee.kms.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.AppInfo;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.GuestQuote;
import network.calimero.tee.kms.attest.PlatformQuote;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.attest.QuoteUnavailableException;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.secret.SecretBytes;

/**
 * The dstack guest agent as what a key server needs (kms-protocol.md, "The dstack guest agent").
 * Keys have a client of their own, so that strangers who ask for quotes never make a node wait for
 * its key.
 */
final class DstackBackend implements KeyDeriver, QuoteSource, BackendProbe, AutoCloseable {
  static final String KIND = "dstack";

  private static final DstackClient.Limits PROBE_LIMITS =
      new DstackClient.Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), 4 << 20, 1);

  private final DstackClient keys;
  private final DstackClient quotes;
  private final DstackClient probes;
  private final SpacedProbe probe;

  DstackBackend(Path socket, InstantSource clock) {
    this.keys = new DstackClient(socket, DstackClient.Limits.DEFAULT);
    this.quotes = new DstackClient(socket, DstackClient.Limits.DEFAULT);
    this.probes = new DstackClient(socket, PROBE_LIMITS);
    this.probe = new SpacedProbe(clock, this::fault);
  }

  @Override
  public SecretBytes derive(String path) throws KeyDerivationException {
    try {
      return keys.getKey(path);
    } catch (GuestException e) {
      throw new KeyDerivationException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public PlatformQuote quote(ReportData reportData) throws QuoteUnavailableException {
    try {
      GuestQuote given = quotes.quote(reportData.value().toArray());
      return new PlatformQuote(Bytes.of(given.quote()), given.eventLog(), given.vmConfig());
    } catch (GuestException e) {
      throw new QuoteUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** An agent in a container cannot read the machine's table; it gives its own log instead. */
  @Override
  public Optional<Bytes> ccel() {
    return Optional.empty();
  }

  @Override
  public Bytes defaultBinding() {
    return Bindings.ATTEST_DSTACK;
  }

  /**
   * Who the agent says that this app is; all keys hang on that.
   *
   * @throws GuestException saying to the operator what to do
   */
  AppInfo info() throws GuestException {
    return probes.info();
  }

  @Override
  public BackendStatus probe() {
    return new BackendStatus(KIND, probe.fault());
  }

  private Optional<String> fault() {
    try {
      probes.info();
      return Optional.empty();
    } catch (GuestException e) {
      return Optional.of(
          switch (e.code()) {
            case UNREACHABLE ->
                "nobody answers at the dstack agent's socket: is the agent running, and is"
                    + " DSTACK_SOCKET_PATH mounted into this container?";
            case TIMEOUT, BUSY -> "the dstack agent does not answer in time";
            case REFUSED -> "the dstack agent refuses to say who this app is";
            case MALFORMED -> "what answers at DSTACK_SOCKET_PATH is no dstack agent";
          });
    }
  }

  @Override
  public void close() {
    keys.close();
    quotes.close();
    probes.close();
  }
}
