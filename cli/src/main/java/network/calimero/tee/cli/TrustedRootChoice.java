package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bundles.KeptTrustedRoot;
import network.calimero.tee.bundles.TodaysBundles;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.release.bundle.RecognizedBundles;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.TrustedRoot;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose signatures are believed, and why.
 *
 * @param json a {@code trusted_root.json}
 * @param root the same, read
 * @param file where it is; empty for the one that is built in
 */
record TrustedRootChoice(Bytes json, TrustedRoot root, Origin origin, Optional<Path> file) {
  /** Where a trusted root comes from. */
  enum Origin {
    BUILT_IN("Sigstore's public one, as built in"),
    KEPT("Sigstore's public one, as fetched by TUF"),
    GIVEN("as given");

    private final String text;

    Origin(String text) {
      this.text = text;
    }
  }

  /** The one that was last fetched; without that, the one that is built in. */
  static TrustedRootChoice standard(Console console) throws FailureException {
    Optional<KeptTrustedRoot> kept = kept(console.environment());
    if (kept.isPresent()) {
      Path file = kept.get().file();
      try {
        Optional<Bytes> json = kept.get().read();
        if (json.isPresent()) {
          return of(json.get(), Origin.KEPT, file);
        }
      } catch (IOException e) {
        throw FailureException.input(
            "cannot read the trusted root %s: %s".formatted(file, Inputs.reason(e)),
            "check its permissions, or name another with --trusted-root");
      }
    }
    return new TrustedRootChoice(
        TrustedRoot.publicGoodJson(), TrustedRoot.publicGood(), Origin.BUILT_IN, Optional.empty());
  }

  /** The one in that file. */
  static TrustedRootChoice given(Console console, String file) throws FailureException {
    Bytes json = Bytes.of(Inputs.read(console, file, TrustedRoot.MAX_SIZE));
    return of(json, Origin.GIVEN, Path.of(file));
  }

  private static TrustedRootChoice of(Bytes json, Origin origin, Path file)
      throws FailureException {
    try {
      return new TrustedRootChoice(json, TrustedRoot.parse(json), origin, Optional.of(file));
    } catch (MalformedException e) {
      throw FailureException.input(
          "%s is no trusted root: %s".formatted(file, e.reason()),
          "give a trusted_root.json as Sigstore publishes it, or fetch Sigstore's own with"
              + " 'mero-tee release trusted-root --update'");
    }
  }

  /** Where this user's programs keep their data; empty where the environment does not say. */
  static Optional<KeptTrustedRoot> kept(Map<String, String> environment) {
    return variable(environment, "XDG_DATA_HOME")
        .or(() -> variable(environment, "HOME").map(home -> home.resolve(".local/share")))
        .map(data -> new KeptTrustedRoot(data.resolve("mero-tee/sigstore")));
  }

  /** Relative ones are to be ignored, says the specification of XDG's directories. */
  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> value.startsWith("/"))
        .map(Path::of);
  }

  /** A verifier of bundles of both forms under it. Loads sigstore-java when it needs it. */
  RecognizedBundles bundles() {
    return new RecognizedBundles(new SignatureVerifier(root), () -> new TodaysBundles(json));
  }

  /** Whether it was chosen by nobody but Sigstore. */
  boolean isSigstores() {
    return origin != Origin.GIVEN;
  }

  String describe() {
    return file.map(path -> origin.text + " (" + path + ")").orElse(origin.text);
  }

  String sha256() {
    return Sha256.of(json).hex();
  }

  ObjectNode describeJson() {
    ObjectNode node = Json.object();
    node.put("origin", origin.name().toLowerCase(Locale.ROOT));
    node.put("file", file.map(Path::toString).orElse(null));
    node.put("sha256", sha256());
    return node;
  }
}
