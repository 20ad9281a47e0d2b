package network.calimero.tee.functions.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The verifier calls strangers' hosts through the one client that checks them, and no other. */
@AnalyzeClasses(
    packages = "network.calimero.tee.functions.verify",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule IT_HAS_NO_NETWORK_FILES_OR_PLATFORM_OF_ITS_OWN =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "javax.net..",
              "java.nio.file..",
              "network.calimero.tee.http..",
              "network.calimero.tee.simulator..",
              "network.calimero.tee.functions.testkit..",
              "org.springframework..",
              "com.amazonaws..",
              "com.google.cloud..",
              "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule WHAT_JUDGES_TOKENS_KNOWS_NOTHING_OF_THE_VERIFIER =
      noClasses()
          .that()
          .resideInAPackage("..verify.ita..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("network.calimero.tee.functions.verify");
}
