package network.calimero.tee.release;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import network.calimero.tee.release.verify.VerifiedAsset;
import network.calimero.tee.release.verify.VerifiedRelease;

/** What is read is not verified, what verifies does not fetch, and only verifying makes proofs. */
@AnalyzeClasses(
    packages = "network.calimero.tee.release",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DATA_FLOWS_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("asset")
          .definedBy("..tee.release.asset..")
          .layer("document")
          .definedBy("..tee.release.document..")
          .layer("source")
          .definedBy("..tee.release.source..")
          .layer("bundle")
          .definedBy("..tee.release.bundle..")
          .layer("policy")
          .definedBy("..tee.release.policy..")
          .layer("verify")
          .definedBy("..tee.release.verify..")
          .whereLayer("asset")
          .mayNotAccessAnyLayer()
          .whereLayer("bundle")
          .mayNotAccessAnyLayer()
          .whereLayer("document")
          .mayOnlyAccessLayers("asset")
          .whereLayer("source")
          .mayOnlyAccessLayers("asset")
          .whereLayer("verify")
          .mayOnlyAccessLayers("asset", "bundle", "document", "policy", "source");

  @ArchTest
  static final ArchRule NO_PACKAGES_DEPEND_ON_EACH_OTHER =
      slices().matching("network.calimero.tee.release.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_SOURCES_KNOW_NETWORK_AND_FILES =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..release.asset..",
              "..release.document..",
              "..release.bundle..",
              "..release.verify..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..")
                  .or(describe("are files", type -> type.isEquivalentTo(File.class))));

  @ArchTest
  static final ArchRule CLOCK_AND_ENVIRONMENT_COME_IN_AS_ARGUMENTS =
      classes()
          .should(never(accessTargetWhere(of("now", "java.time.."))))
          .andShould(never(accessTargetWhere(of("currentTimeMillis", "java.lang"))))
          .andShould(never(accessTargetWhere(of("getenv", "java.lang"))))
          .andShould(never(accessTargetWhere(of("sleep", "java.lang"))));

  @ArchTest
  static final ArchRule THE_LARGE_LIBRARY_IS_ANOTHER_MODULES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sigstore..", "com.google..", "..simulator..");

  @ArchTest
  static final ArchRule ONLY_VERIFYING_MAKES_PROOFS =
      constructors()
          .that()
          .areDeclaredIn(VerifiedRelease.class)
          .or()
          .areDeclaredIn(VerifiedAsset.class)
          .should()
          .bePackagePrivate();

  private static DescribedPredicate<JavaAccess<?>> of(String name, String inPackage) {
    return describe(
        name + " in " + inPackage,
        access ->
            access.getTarget().getName().equals(name)
                && resideInAPackage(inPackage).test(access.getTargetOwner()));
  }
}
