package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.tdx.TdImage;

/**
 * A simulated platform as files: a quote, collateral and the root to believe.
 *
 * @param directory where the files are
 */
record Simulated(SimulatedPlatform platform, Path directory) {
  static Simulated upToDate(Path directory) throws IOException {
    return of(SimulatedPlatform.builder(Cli.NOW), directory);
  }

  static Simulated of(PlatformBuilder builder, Path directory) throws IOException {
    Simulated simulated = new Simulated(builder.build(), directory);
    Files.write(simulated.quote(), simulated.rawQuote());
    Files.writeString(simulated.collateral(), simulated.platform.collateral().json());
    Files.writeString(simulated.root(), simulated.platform.pki().root().pem());
    return simulated;
  }

  byte[] rawQuote() {
    return platform.launch(TdImage.named("node")).quote("report data".getBytes(UTF_8));
  }

  String rootSha256() {
    return HexFormat.of().formatHex(Hash.sha256(platform.pki().root().der()));
  }

  Path quote() {
    return directory.resolve("quote.bin");
  }

  Path collateral() {
    return directory.resolve("collateral.json");
  }

  Path root() {
    return directory.resolve("root.pem");
  }

  /** Verifies the quote offline under the simulated root, with further options. */
  Cli.Result verify(Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of("quote", "verify", quote(), "--collateral", collateral(), "--root", root()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray());
  }
}
