package network.calimero.tee.kms.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Date;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.kms.keys.KeyDeriver;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.kms.release.KeyRelease;
import network.calimero.tee.kms.server.policy.PolicyFeed;
import network.calimero.tee.sigstore.TrustedRoot;

@AnalyzeClasses(
    packages = "network.calimero.tee.kms",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String SERVER = "network.calimero.tee.kms.server..";
  private static final String CONFIG = "network.calimero.tee.kms.config..";

  private static DescribedPredicate<JavaAccess<?>> access(Class<?> owner, String name) {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(owner))
        .and(JavaAccess.Predicates.target(HasName.Predicates.name(name)));
  }

  @ArchTest
  static final ArchRule coreKnowsNeitherServerNorHttpNorFilesNorSockets =
      noClasses()
          .that()
          .resideOutsideOfPackages(SERVER, CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SERVER,
              "org.eclipse.jetty..",
              "java.net..",
              "java.nio.file..",
              "java.util.logging..",
              "network.calimero.tee.guest..");

  /** The host can set the system's at any time: so it is read in one place, once. */
  @ArchTest
  static final ArchRule nobodyReadsTheClockButTheSteadyOne =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(SteadyClock.class.getName())
          .should()
          .accessTargetWhere(
              clockOfTheSystem()
                  .or(nowOfAnyTime())
                  .or(access(System.class, "currentTimeMillis"))
                  .or(access(InstantSource.class, "system"))
                  .or(access(Date.class, JavaConstructor.CONSTRUCTOR_NAME)));

  private static DescribedPredicate<JavaAccess<?>> clockOfTheSystem() {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(Clock.class))
        .and(JavaAccess.Predicates.target(HasName.Predicates.nameMatching("(system|tick).+")));
  }

  private static DescribedPredicate<JavaAccess<?>> nowOfAnyTime() {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.resideInAPackage("java.time.."))
        .and(JavaAccess.Predicates.target(HasName.Predicates.name("now")));
  }

  @ArchTest
  static final ArchRule onlyMainReadsTheEnvironmentAndNothingReadsProperties =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .accessTargetWhere(
              access(System.class, "getenv").or(access(System.class, "getProperty")));

  @ArchTest
  static final ArchRule noOtherRootThanIntelsIsMadeHere =
      noClasses().should().accessTargetWhere(access(TrustAnchor.class, "of"));

  /** But one in the image, which is measured. */
  @ArchTest
  static final ArchRule noOtherRootForSignaturesThanThePublicOneIsMadeHere =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(PolicyFeed.class.getName())
          .should()
          .accessTargetWhere(access(TrustedRoot.class, "parse"));

  @ArchTest
  static final ArchRule productionKnowsNothingOfTheSimulator =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("network.calimero.tee.simulator..");

  @ArchTest
  static final ArchRule keysAreDerivedInOnePlaceOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(KeyRelease.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(ServiceKeys.class.getName())
          .should()
          .accessTargetWhere(derivation());

  /** Of the interface, and of whatever implements it. */
  private static DescribedPredicate<JavaAccess<?>> derivation() {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.assignableTo(KeyDeriver.class))
        .and(JavaAccess.Predicates.target(HasName.Predicates.name("derive")));
  }

  @ArchTest
  static final ArchRule keyReleaseDependsOnAnAffirmedResult =
      classes()
          .that()
          .haveSimpleName("KeyRelease")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(AttestationResult.Affirming.class);
}
