package network.calimero.tee.functions.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.Trust;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zips as they are deployed: opened, looked at, and run by AWS's own runtime client. */
class ProductionArtefactTest {
  private static final long MAX_SIZE = 20_000_000;
  private static final List<String> FOREIGN =
      List.of("simulator", "demo", "node", "cli", "kms", "functions/testkit", "functions/local");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"verify, /api/verify", "policy, /api/policy/lint", "admission, /api/admission"})
  void aZipHasItsFunctionAloneAndTheRealRootsAlone(String function, String path) throws Exception {
    Unpacked unpacked = Unpacked.of(function, folder);

    assertThat(Files.size(unpacked.zip())).isLessThanOrEqualTo(MAX_SIZE);
    for (String other : List.of("verify", "policy", "admission")) {
      assertThat(unpacked.own().stream().map(Path::toString).toList())
          .filteredOn(name -> name.contains("functions-" + other + "-"))
          .hasSize(other.equals(function) ? 1 : 0);
    }
    noJarIsSigned(unpacked);
    noneOfTheSimulator(unpacked);
    noOtherRootIsMade(unpacked);
    itRuns(unpacked, function, path);
  }

  /** The signature would be checked at each start, and no class of the jar would be in a cache. */
  private static void noJarIsSigned(Unpacked unpacked) throws IOException {
    for (Path jar : unpacked.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.stream().map(JarEntry::getName))
            .as(jar.getFileName().toString())
            .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"));
      }
    }
  }

  private static void noneOfTheSimulator(Unpacked unpacked) throws IOException {
    for (Path jar : unpacked.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (String foreign : FOREIGN) {
          String prefix = "network/calimero/tee/" + foreign + "/";
          assertThat(file.stream().map(entry -> entry.getName()).toList())
              .noneMatch(name -> name.startsWith(prefix));
        }
      }
    }
  }

  private static void noOtherRootIsMade(Unpacked unpacked) throws IOException {
    JavaClasses classes = classes(unpacked.own());
    none(classes, TrustAnchor.class, "of");
    none(classes, TrustedRoot.class, "parse");
    none(classes, Trust.Simulated.class, JavaConstructor.CONSTRUCTOR_NAME);
    none(classes, Authority.class, "simulated");
    none(classes, VerifyDeployable.class, "simulated");
    none(classes, PolicyDeployable.class, "simulated");
    none(classes, AdmissionDeployable.class, "simulated");
  }

  private static void none(JavaClasses classes, Class<?> owner, String name) {
    DescribedPredicate<JavaAccess<?>> access =
        JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(owner))
            .and(JavaAccess.Predicates.target(HasName.Predicates.name(name)));
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(owner.getName())
        .should()
        .accessTargetWhere(access)
        .check(classes);
  }

  private static JavaClasses classes(List<Path> jars) throws IOException {
    List<JarFile> files = new ArrayList<>();
    try {
      for (Path jar : jars) {
        files.add(new JarFile(jar.toFile()));
      }
      return new ClassFileImporter().importJars(files);
    } finally {
      for (JarFile file : files) {
        file.close();
      }
    }
  }

  private void itRuns(Unpacked unpacked, String function, String path) throws Exception {
    Path loaded = folder.resolve("loaded.log");
    LambdaTarget lambda = LambdaTarget.of(unpacked.jars(), function, folder, loaded);
    try {
      Reply description = lambda.send(Ask.get("/api/openapi.json"));
      assertThat(description.status()).isEqualTo(200);
      assertThat(description.header("X-Mero-Tee")).isEmpty();
      assertThat(description.json().path("paths").has(path)).isTrue();
      Reply refusal = lambda.send(Ask.post(path, "{".getBytes(StandardCharsets.US_ASCII)));
      assertThat(refusal.status()).isBetween(400, 403);
      // Nobody has been asked for anything: what is for that would only make the start longer.
      assertThat(Files.readString(loaded))
          .contains("network.calimero.tee.functions." + function)
          .doesNotContain("] sun.security.ssl.", "] java.net.http.");
    } finally {
      lambda.close();
    }
  }
}
