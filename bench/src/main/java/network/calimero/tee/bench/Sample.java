package network.calimero.tee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import network.calimero.tee.bytes.Bytes;

/**
 * The real quote that everything here is measured on: TDX v4, UpToDate, with its collateral and
 * time.
 */
record Sample(Path quote, Path bundle, Instant now) {
  static final String CORPUS_PROPERTY = "mero.corpus";

  static Sample of(Path corpus) {
    return new Sample(
        corpus.resolve("quotes/tdx-v4/b0c06f000000-fecbd02b5d.bin"),
        corpus.resolve("collateral/bundles/tdx-b0c06f000000-e19-b005.json"),
        Instant.ofEpochSecond(1_786_409_360));
  }

  static Sample fromProperty() {
    return of(Path.of(System.getProperty(CORPUS_PROPERTY, "../shared/corpus")));
  }

  Bytes quoteBytes() throws IOException {
    return Bytes.of(Files.readAllBytes(quote));
  }

  Bytes bundleBytes() throws IOException {
    return Bytes.of(Files.readAllBytes(bundle));
  }
}
