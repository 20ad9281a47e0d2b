package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.sigstore.ArtifactDigest;
import network.calimero.tee.sigstore.SignatureRefusedException;

/**
 * A case of Sigstore's conformance suite: a folder with a bundle, and whatever of trusted root,
 * artifact, identity and issuer is not the suite's default.
 */
record ConformanceCase(Path folder) {
  private static final Path SUITE =
      Path.of(System.getProperty("mero.corpus", "../shared/corpus"))
          .resolve("sigstore/conformance/bundle-verify");
  private static final Path PUBLIC_GOOD =
      SUITE.resolve("../../root-signing/targets/trusted_root.json");
  private static final String IDENTITY =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon"
          + "/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String ISSUER_OID = "1.3.6.1.4.1.57264.1.8";
  private static final int MAIL_NAME = 1;
  private static final int URI_NAME = 6;

  static List<ConformanceCase> all() throws IOException {
    boolean there = Files.isDirectory(SUITE);
    if (!there) {
      System.out.println(
          "SKIPPED: no corpus (set -Dmero.corpus=…): Sigstore's conformance was not tried");
    }
    assumeTrue(there, "no corpus");
    try (Stream<Path> folders = Files.list(SUITE)) {
      return folders.filter(Files::isDirectory).sorted().map(ConformanceCase::new).toList();
    }
  }

  static ConformanceCase named(String name) throws IOException {
    return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  Bytes bundle() throws IOException {
    return Bytes.of(Files.readAllBytes(folder.resolve("bundle.sigstore.json")));
  }

  Bytes artifact() throws IOException {
    return Bytes.of(Files.readAllBytes(given("artifact", SUITE.resolve("../a.txt"))));
  }

  Bytes trustedRoot() throws IOException {
    return Bytes.of(Files.readAllBytes(given("trusted_root.json", PUBLIC_GOOD)));
  }

  /** "accepted", or the code of the refusal. */
  String outcome() throws IOException {
    return outcome(bundle());
  }

  /** The same with another bundle in its place. */
  String outcome(Bytes bundle) throws IOException {
    try {
      ProvenBundle proven =
          new TodaysBundles(trustedRoot()).prove(ArtifactDigest.of(artifact()), bundle);
      boolean expected =
          text("issuer", ISSUER).equals(issuer(proven.certificate()))
              && List.of(text("identity", IDENTITY)).equals(names(proven.certificate()));
      return expected ? "accepted" : "other_signer";
    } catch (MalformedException _) {
      return "trusted_root_malformed";
    } catch (SignatureRefusedException e) {
      return e.code().name().toLowerCase(Locale.ROOT);
    }
  }

  private static String issuer(X509Certificate certificate) {
    byte[] octets = certificate.getExtensionValue(ISSUER_OID);
    // An OCTET STRING around a UTF8String, both shorter than 128 bytes.
    return octets == null ? "" : new String(octets, 4, octets.length - 4, UTF_8);
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      return certificate.getSubjectAlternativeNames().stream()
          .filter(name -> List.<Object>of(MAIL_NAME, URI_NAME).contains(name.getFirst()))
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path given(String name, Path otherwise) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? file : otherwise;
  }

  private String text(String name, String otherwise) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file).strip() : otherwise;
  }
}
