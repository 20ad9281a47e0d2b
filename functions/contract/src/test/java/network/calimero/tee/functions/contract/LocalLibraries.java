package network.calimero.tee.functions.contract;

import java.nio.file.Path;

/** Where the build has put what must not be on this JVM's class path. */
final class LocalLibraries {
  private LocalLibraries() {}

  /** Google's function invoker. */
  static Path invoker() {
    return Path.of(System.getProperty("mero.invoker", "target/invoker/java-function-invoker.jar"))
        .toAbsolutePath();
  }
}
