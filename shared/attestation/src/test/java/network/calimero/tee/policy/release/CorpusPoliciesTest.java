package network.calimero.tee.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies of releases as they were published. */
class CorpusPoliciesTest {
  private static final PolicyAsset LEGACY_FILE = new PolicyAsset("legacy.json", true);

  private static List<Path> files(String... folders) throws IOException {
    Path root = Corpus.path("mero-tee/policies");
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> found = Files.list(root.resolve(folder))) {
        found.sorted().forEach(files::add);
      }
    }
    return files;
  }

  private static Bytes bytes(Path file) throws IOException {
    return Bytes.of(Files.readAllBytes(file));
  }

  /** A published file has its version for a name. */
  private static ReleaseVersion version(Path file) {
    String name = file.getFileName().toString().replaceFirst("(\\.rev[0-9]+)?\\.json$", "");
    return ReleaseVersion.of(name).orElseThrow();
  }

  private static ReleasePolicy legacy(Path file) throws Exception {
    return PolicyDocument.parse(bytes(file))
        .forRelease(version(file), Profile.LOCKED_READ_ONLY, LEGACY_FILE);
  }

  @Test
  void everyKmsPolicyWithListsIsReadAndSaysWhatTheFileSays() throws Exception {
    int read = 0;
    for (Path file : files("kms-phala", "mero-kms-phala")) {
      JsonNode lists = JsonMapper.shared().readTree(Files.readAllBytes(file)).path("policy");
      if (lists.path("allowed_mrtd").isEmpty()) {
        continue; // an index, a candidate, or a policy without measurements: below
      }
      for (AppraisalPolicy.Enforced policy :
          List.of(legacy(file).forNodes(), legacy(file).forKms())) {
        assertThat(policy.statuses()).as(file.toString()).containsExactly(TcbStatus.OUT_OF_DATE);
        ReferenceValues.SeparateLists values = (ReferenceValues.SeparateLists) policy.references();
        for (Register register : Register.values()) {
          String name = "allowed_" + register.name().toLowerCase(Locale.ROOT);
          assertThat(values.lists().getOrDefault(register, Set.of()))
              .as(file + " " + name)
              .containsExactly(Measurement.fromHex(lists.path(name).path(0).stringValue()));
        }
      }
      read++;
    }
    assertThat(read).isEqualTo(31);
  }

  @Test
  void releaseWithoutMeasurementsIsNotUsableAndEveryEmptyListIsNamed() throws Exception {
    ReleasePolicy policy = legacy(Corpus.path("mero-tee/policies/mero-kms-phala/2.1.3.json"));

    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(policy::forNodes)
        .withMessageContainingAll(
            "policy.allowed_mrtd", "policy.allowed_rtmr0", "policy.allowed_rtmr3", "nobody");
  }

  @Test
  void candidatesIndicesAndNodeDocumentsAreNoPolicies() throws Exception {
    List<Path> others = new ArrayList<>(files("mero-tee", "node-image-gcp", "merod-locked-image"));
    others.add(Corpus.path("mero-tee/policies/mero-kms-phala/1.2.3.json"));
    others.add(Corpus.path("mero-tee/policies/mero-kms-phala/index.rev05.json"));
    for (Path file : others) {
      assertThatExceptionOfType(PolicyDocumentException.class)
          .as(file.toString())
          .isThrownBy(() -> PolicyDocument.parse(bytes(file)))
          .withMessage("policy: missing");
    }
    assertThat(others).hasSizeGreaterThan(40);
  }

  @Test
  void signedPolicyOfRelease2371IsReadUnderItsOwnNameOnly() throws Exception {
    ReleaseVersion version = new ReleaseVersion(2, 3, 71);
    Path file =
        Corpus.path("mero-tee/signed-policy/kms-phala-attestation-policy.locked-read-only.json");
    PolicyAsset asset = PolicyAsset.candidates(version, Profile.LOCKED_READ_ONLY).getFirst();
    assertThat(file.getFileName()).hasToString(asset.name());
    PolicyDocument document = PolicyDocument.parse(bytes(file));

    ReleasePolicy policy = document.forRelease(version, Profile.LOCKED_READ_ONLY, asset);
    assertThat(policy.forNodes().statuses())
        .containsExactlyInAnyOrder(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE);
    assertThat(policy.forNodes().references()).isNotEqualTo(policy.forKms().references());
    assertThat(policy.composeHashes())
        .containsExactly(
            Bytes.fromHex("20b1cdee230f9e68e37f61f8c9cd26470129e12d0b7b9515c2b1f17ffb4e2091"));
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() ->
            document.forRelease(
                new ReleaseVersion(2, 3, 72), Profile.LOCKED_READ_ONLY, LEGACY_FILE));
    assertThatExceptionOfType(PolicyDocumentException.class)
        .isThrownBy(() -> document.forRelease(version, Profile.DEBUG, LEGACY_FILE));
  }
}
