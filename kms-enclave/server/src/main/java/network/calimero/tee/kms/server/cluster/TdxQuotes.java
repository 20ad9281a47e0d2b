package network.calimero.tee.kms.server.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.guest.ConfigfsTsm;
import network.calimero.tee.guest.GuestException;
import network.calimero.tee.guest.GuestQuote;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.kms.attest.PlatformQuote;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.attest.QuoteUnavailableException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;

/** Quotes of a plain TDX VM through its kernel, and its firmware's event log. */
public final class TdxQuotes implements QuoteSource {
  /** More than any firmware reserves, in bytes. */
  static final int MAX_CCEL = 1 << 20;

  private final QuoteProvider tsm;
  private final Path ccel;

  /** Of the machine whose files are there. */
  public TdxQuotes(Path tsmRoot, Path ccel) {
    this.tsm = new ConfigfsTsm(tsmRoot);
    this.ccel = ccel;
  }

  @Override
  public PlatformQuote quote(ReportData reportData) throws QuoteUnavailableException {
    try {
      GuestQuote given = tsm.quote(reportData.value().toArray());
      return new PlatformQuote(Bytes.of(given.quote()), given.eventLog(), given.vmConfig());
    } catch (GuestException e) {
      throw new QuoteUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Optional<Bytes> ccel() throws QuoteUnavailableException {
    byte[] table;
    try (InputStream in = Files.newInputStream(ccel)) {
      table = in.readNBytes(MAX_CCEL + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new QuoteUnavailableException("cannot read " + ccel + ": may this user?", e);
    }
    if (table.length > MAX_CCEL) {
      throw new QuoteUnavailableException(
          ccel + " has more than " + MAX_CCEL + " bytes: it is no event log",
          new IOException("too large"));
    }
    return Optional.of(Bytes.of(table));
  }

  @Override
  public Bytes defaultBinding() {
    return Bindings.ATTEST_CLUSTER;
  }
}
