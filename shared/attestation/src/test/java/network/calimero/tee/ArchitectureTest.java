package network.calimero.tee;

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
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import network.calimero.tee.appraisal.Appraiser;
import network.calimero.tee.appraisal.AttestationResult;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.sigstore.Claims;
import network.calimero.tee.sigstore.SignatureVerifier;
import network.calimero.tee.sigstore.SignedBy;
import network.calimero.tee.sigstore.Signer;

/** Data flows one way, and nothing reaches for clocks, environment, network or files by itself. */
@AnalyzeClasses(
    packages = "network.calimero.tee",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfThisModule.class})
class ArchitectureTest {

  /** The simulator is on the class path of tests only. */
  static final class OfThisModule implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("simulator");
    }
  }

  @ArchTest
  static final ArchRule DATA_FLOWS_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("bytes")
          .definedBy("..tee.bytes..")
          .layer("cache")
          .definedBy("..tee.cache..")
          .layer("json")
          .definedBy("..tee.json..")
          .layer("log")
          .definedBy("..tee.log..")
          .layer("quote")
          .definedBy("..tee.quote..")
          .layer("x509")
          .definedBy("..tee.x509..")
          .layer("sigstore")
          .definedBy("..tee.sigstore..")
          .layer("dcap")
          .definedBy("..tee.dcap..")
          .layer("http")
          .definedBy("..tee.http..")
          .layer("collateral")
          .definedBy("..tee.collateral..")
          .layer("policy")
          .definedBy("..tee.policy..")
          .layer("appraisal")
          .definedBy("..tee.appraisal..")
          .layer("identity")
          .definedBy("..tee.identity..")
          .layer("secret")
          .definedBy("..tee.secret..")
          .whereLayer("bytes")
          .mayNotAccessAnyLayer()
          .whereLayer("cache")
          .mayNotAccessAnyLayer()
          .whereLayer("json")
          .mayOnlyAccessLayers("bytes")
          .whereLayer("log")
          .mayNotAccessAnyLayer()
          .whereLayer("quote")
          .mayOnlyAccessLayers("bytes", "json")
          .whereLayer("x509")
          .mayOnlyAccessLayers("bytes")
          .whereLayer("sigstore")
          .mayOnlyAccessLayers("bytes", "json", "x509")
          .whereLayer("dcap")
          .mayOnlyAccessLayers("bytes", "cache", "json", "quote", "x509")
          .whereLayer("http")
          .mayOnlyAccessLayers("bytes")
          .whereLayer("collateral")
          .mayOnlyAccessLayers("bytes", "cache", "http", "json", "quote", "dcap")
          .whereLayer("policy")
          .mayOnlyAccessLayers("bytes", "json", "quote", "dcap", "sigstore")
          .whereLayer("appraisal")
          .mayOnlyAccessLayers("bytes", "quote", "dcap", "policy")
          .whereLayer("identity")
          .mayOnlyAccessLayers("bytes", "secret")
          .whereLayer("secret")
          .mayOnlyAccessLayers("bytes");

  @ArchTest
  static final ArchRule NO_PACKAGES_DEPEND_ON_EACH_OTHER =
      slices().matching("network.calimero.tee.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_THE_SIMULATOR =
      noClasses().should().dependOnClassesThat().resideInAPackage("..simulator..");

  @ArchTest
  static final ArchRule CLOCKS_COME_IN_AS_ARGUMENTS =
      classes()
          .should(never(accessTargetWhere(of("now", "java.time.."))))
          .andShould(never(accessTargetWhere(startingWith("system", "java.time.."))))
          .andShould(never(accessTargetWhere(of("currentTimeMillis", "java.lang"))))
          .andShould(never(accessTargetWhere(of("getenv", "java.lang"))))
          .andShould(never(accessTargetWhere(of("getProperty", "java.lang"))))
          .andShould(never(accessTargetWhere(startingWith("<init>", Date.class.getName()))));

  /** Keeping collateral fresh is the one thing that happens by itself. */
  @ArchTest
  static final ArchRule NOTHING_WAITS_FOR_TIME_TO_PASS =
      classes()
          .that()
          .resideOutsideOfPackage("..tee.collateral.pcs..")
          .should(never(accessTargetWhere(of("sleep", "java.lang"))));

  @ArchTest
  static final ArchRule ONLY_ADAPTERS_KNOW_NETWORK_AND_FILES =
      noClasses()
          .that()
          .resideOutsideOfPackages("..tee.http..", "..tee.collateral..", "..tee.identity.file..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..")
                  .or(describe("are files", type -> type.isEquivalentTo(File.class))));

  @ArchTest
  static final ArchRule ONLY_THE_VERIFIER_MAKES_VERIFIED_QUOTES =
      classes().should(never(accessTargetWhere(madeBy(VerifiedQuote.class, DcapVerifier.class))));

  @ArchTest
  static final ArchRule ONLY_THE_VERIFIER_PROVES_SIGNERS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SignatureVerifier.class, Signer.class)
          .should()
          .callMethod(
              Signer.class, "proven", Claims.class, long.class, Instant.class, SignedBy.Form.class);

  @ArchTest
  static final ArchRule ONLY_THE_APPRAISER_AFFIRMS =
      classes()
          .should(
              never(accessTargetWhere(madeBy(AttestationResult.Affirming.class, Appraiser.class))));

  @ArchTest
  static final ArchRule PROOFS_HAVE_NO_PUBLIC_CONSTRUCTORS =
      constructors()
          .that()
          .areDeclaredIn(VerifiedQuote.class)
          .or()
          .areDeclaredIn(AttestationResult.Affirming.class)
          .should()
          .bePackagePrivate();

  /** Whoever could extend, copy or deserialize a proof could make one. */
  @ArchTest
  static final ArchRule PROOFS_ARE_FINAL_AND_CANNOT_BE_READ_FROM_A_STREAM =
      classes()
          .that()
          .belongToAnyOf(VerifiedQuote.class, AttestationResult.Affirming.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould()
          .notImplement(Serializable.class)
          .andShould()
          .notBeRecords();

  private static DescribedPredicate<JavaAccess<?>> of(String name, String inPackage) {
    return describe(
        name + " in " + inPackage,
        access ->
            access.getTarget().getName().equals(name)
                && resideInAPackage(inPackage).test(access.getTargetOwner()));
  }

  private static DescribedPredicate<JavaAccess<?>> startingWith(String name, String owner) {
    return describe(
        name + "… in " + owner,
        access ->
            access.getTarget().getName().startsWith(name)
                && (access.getTargetOwner().getName().equals(owner)
                    || resideInAPackage(owner).test(access.getTargetOwner())));
  }

  private static DescribedPredicate<JavaAccess<?>> madeBy(Class<?> made, Class<?> maker) {
    return describe(
        "that make a " + made.getSimpleName() + " outside of " + maker.getSimpleName(),
        access ->
            access instanceof JavaConstructorCall
                && access.getTargetOwner().isEquivalentTo(made)
                && !access.getOriginOwner().isEquivalentTo(maker));
  }
}
