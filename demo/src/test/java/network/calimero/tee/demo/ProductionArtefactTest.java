package network.calimero.tee.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.guest.DstackClient;
import network.calimero.tee.kms.server.KmsProcess;
import network.calimero.tee.kms.server.Main;
import network.calimero.tee.node.Challenge;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.KmsClient;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.simulator.dstack.DstackAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * The key server as it is shipped: opened, looked at, and run. It needs the packaged artefact, so
 * these tests run with {@code mvn verify} from the root, as {@code scripts/test} does.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ProductionArtefactTest {
  private static final Path TARGET =
      Path.of(System.getProperty("mero.root", ".."), "kms-enclave", "server", "target");
  private static final List<String> FOREIGN = List.of("simulator", "demo", "node", "cli", "bench");

  /** The program's own jar first, then its libraries. */
  private static List<Path> jars() throws IOException {
    Path program = TARGET.resolve("mero-tee-kms-server.jar");
    assertThat(program).as("built by scripts/test").exists();
    List<Path> jars = new ArrayList<>(List.of(program));
    jars.addAll(jarsIn(TARGET.resolve("lib")));
    return jars;
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Every entry of every jar, by jar and name. */
  private static Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (Path path : jars()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        for (JarEntry entry : jar.stream().toList()) {
          try (InputStream in = jar.getInputStream(entry)) {
            entries.put(path.getFileName() + "!" + entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return entries;
  }

  @Test
  void noClassOfTheSimulatorIsInIt() throws Exception {
    Map<String, byte[]> entries = entries();

    assertThat(entries.keySet()).anyMatch(name -> name.contains("/tee/kms/server/Main.class"));
    for (String foreign : FOREIGN) {
      String path = "network/calimero/tee/" + foreign + "/";
      assertThat(entries.keySet()).noneMatch(name -> name.contains(path));
      assertThat(naming(entries, path)).isEmpty();
      assertThat(naming(entries, path.replace('/', '.'))).isEmpty();
    }
  }

  /** A KMS believes no clock before that. */
  @Test
  void itKnowsWhenItsSourcesWereCommitted() throws Exception {
    String name = "mero-tee-kms-server.jar!network/calimero/tee/kms/server/build.properties";
    Properties build = new Properties();
    build.load(new ByteArrayInputStream(entries().get(name)));

    assertThat(Instant.parse(build.getProperty("build.time")))
        .isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.now());
  }

  private static List<String> naming(Map<String, byte[]> entries, String text) {
    return entries.entrySet().stream()
        .filter(entry -> new String(entry.getValue(), ISO_8859_1).contains(text))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void nothingButItsLibrariesIsOnItsClassPath() throws Exception {
    List<Path> jars = jars();
    try (JarFile program = new JarFile(jars.getFirst().toFile())) {
      String classPath = program.getManifest().getMainAttributes().getValue("Class-Path");
      List<String> libraries =
          jars.subList(1, jars.size()).stream().map(jar -> "lib/" + jar.getFileName()).toList();

      assertThat(classPath.split(" ", -1)).containsExactlyInAnyOrderElementsOf(libraries);
    }
  }

  @Test
  void mockQuotesAreKnownOnlyWhereTheyAreRefused() throws Exception {
    assertThat(naming(entries(), "MOCK_TDX_QUOTE_V1"))
        .singleElement()
        .asString()
        .endsWith("/kms/release/EvidenceCheck.class");
  }

  @Test
  void noOtherRootThanIntelsIsEverMade() throws Exception {
    JavaClasses classes = classesOfOurs();

    ArchRuleDefinition.noClasses()
        .should()
        .accessTargetWhere(access(TrustAnchor.class, "of"))
        .check(classes);
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(KmsProcess.class.getName())
        .should()
        .accessTargetWhere(access(KmsProcess.class, "start"))
        .check(classes);
    assertThat(classes.get(Main.class).getMethodCallsFromSelf())
        .isNotEmpty()
        .allMatch(call ->
            !call.getTargetOwner().isEquivalentTo(TrustAnchor.class)
                || call.getName().equals("intel"));
  }

  private static JavaClasses classesOfOurs() throws IOException {
    List<JarFile> ours = new ArrayList<>();
    try {
      for (Path jar : jars()) {
        if (jar.getFileName().toString().startsWith("mero-tee-")) {
          ours.add(new JarFile(jar.toFile()));
        }
      }
      return new ClassFileImporter().importJars(ours);
    } finally {
      for (JarFile jar : ours) {
        jar.close();
      }
    }
  }

  private static DescribedPredicate<JavaAccess<?>> access(Class<?> owner, String name) {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(owner))
        .and(JavaAccess.Predicates.target(HasName.Predicates.name(name)));
  }

  @Test
  void whatTheSimulatorVouchesForIsRefused() throws Exception {
    try (SimulatedSite site = SimulatedSite.start(Instant.now());
        KmsChild kms =
            KmsChild.start(
                KmsChild.packaged(jars().getFirst(), KmsChild.FIRST_COMPILER),
                site.kmsEnvironment(),
                site.file("kms.log"))) {
      URI url = kms.awaitHealth();
      try (KmsClient client = new KmsClient(url);
          DstackClient machine = new DstackClient(site.nodeSocket(), DstackClient.Limits.DEFAULT);
          Node node = new Node(client, machine)) {
        Challenge first = node.challenge();
        KeyRequest plain = node.request(first, machine.quote(reportData(first, node)).quote());
        assertThatThrownBy(() -> node.send(plain))
            .isInstanceOf(NodeException.class)
            .hasMessageContaining("attestation_verification_failed")
            .hasMessageContaining("root_untrusted");
        Challenge challenge = node.challenge();
        KeyRequest mock =
            node.request(challenge, DstackAgent.mockQuote(reportData(challenge, node)));
        assertThatThrownBy(() -> node.send(mock)).hasMessageContaining("mock_attestation_rejected");
      }
    }
  }

  private static byte[] reportData(Challenge challenge, Node node) {
    return KeyRequest.reportData(challenge, node.peerId(), Optional.empty()).value().toArray();
  }

  @Test
  void thereIsNoSwitchForMockQuotes() throws Exception {
    Process process =
        launch(Map.of("LISTEN_ADDR", "127.0.0.1:0", "ACCEPT_MOCK_ATTESTATION", "true"));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).contains("ACCEPT_MOCK_ATTESTATION").contains("no code");
  }

  private static Process launch(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(KmsChild.packaged(jars().getFirst(), KmsChild.FIRST_COMPILER))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
