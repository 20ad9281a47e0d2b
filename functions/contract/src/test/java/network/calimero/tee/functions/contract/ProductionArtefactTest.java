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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.Trust;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.verify.ita.Authority;
import network.calimero.tee.sigstore.TrustedRoot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zips as they are deployed: opened, looked at, and run by AWS's own runtime client. */
class ProductionArtefactTest {
  private static final long MAX_SIZE = 20_000_000;
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "network/calimero/tee/(simulator|demo|node|cli|kms|functions/(testkit|local))/");
  private static final List<String> FUNCTIONS = List.of("verify", "policy", "admission");
  private static final Map<String, Unpacked> UNPACKED = new HashMap<>();

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    for (String function : FUNCTIONS) {
      UNPACKED.put(function, Unpacked.of(function, folder));
    }
  }

  @ParameterizedTest
  @CsvSource({"verify, /api/verify", "policy, /api/policy/lint", "admission, /api/admission"})
  void aZipHasItsFunctionAloneAndRuns(String function, String path) throws Exception {
    Unpacked unpacked = Objects.requireNonNull(UNPACKED.get(function));

    assertThat(Files.size(unpacked.zip())).isLessThanOrEqualTo(MAX_SIZE);
    for (String other : FUNCTIONS) {
      assertThat(unpacked.own().stream().map(Path::toString).toList())
          .filteredOn(name -> name.contains("functions-" + other + "-"))
          .hasSize(other.equals(function) ? 1 : 0);
    }
    noJarIsSignedOrOfTheSimulator(unpacked);
    itRuns(unpacked, function, path);
  }

  /** The three zips have most jars in common: each is read once. */
  @Test
  void noZipHasAnybodyWhoMakesAnotherRoot() throws Exception {
    Map<String, Path> jars = new TreeMap<>();
    UNPACKED.values().stream()
        .flatMap(unpacked -> unpacked.own().stream())
        .forEach(jar -> jars.put(jar.getFileName().toString(), jar));
    JavaClasses classes = classes(jars.values());
    none(classes, TrustAnchor.class, "of");
    none(classes, TrustedRoot.class, "parse");
    none(classes, Trust.Simulated.class, JavaConstructor.CONSTRUCTOR_NAME);
    none(classes, Authority.class, "simulated");
    none(classes, VerifyDeployable.class, "simulated");
    none(classes, PolicyDeployable.class, "simulated");
    none(classes, AdmissionDeployable.class, "simulated");
  }

  /** A signature would be checked at each start, and no class of the jar would be in a cache. */
  private static void noJarIsSignedOrOfTheSimulator(Unpacked unpacked) throws IOException {
    for (Path jar : unpacked.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.stream().map(JarEntry::getName))
            .as(jar.getFileName().toString())
            .noneMatch(name -> SIGNATURE.matcher(name).matches())
            .noneMatch(name -> FOREIGN.matcher(name).lookingAt());
      }
    }
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

  private static JavaClasses classes(Collection<Path> jars) throws IOException {
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
    Path loaded = folder.resolve(function + ".loaded");
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
