package network.calimero.tee.functions;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;

/** The model knows no platform; one package knows the network, one class of it asks for names. */
@AnalyzeClasses(
    packages = "network.calimero.tee.functions",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String OUTBOUND = "network.calimero.tee.functions.outbound..";
  private static final String TESTKIT = "network.calimero.tee.functions.testkit..";

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NEITHER_PLATFORM_NOR_NETWORK_NOR_FILES =
      noClasses()
          .that()
          .resideInAPackage("network.calimero.tee.functions.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              OUTBOUND,
              "java.net..",
              "javax.net..",
              "java.nio.file..",
              "org.springframework..",
              "com.amazonaws..",
              "com.google..",
              "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule NOTHING_DEPLOYED_KNOWS_TESTS_OR_THE_SIMULATOR =
      noClasses()
          .that()
          .resideOutsideOfPackage(TESTKIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TESTKIT, "network.calimero.tee.simulator..");

  /** Another look-up could give another address than the one that was checked. */
  @ArchTest
  static final ArchRule NAMES_ARE_ASKED_FOR_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("network.calimero.tee.functions.outbound.SystemResolver")
          .should()
          .accessTargetWhere(
              JavaAccess.Predicates.targetOwner(JavaClass.Predicates.type(InetAddress.class))
                  .and(named("getByName").or(named("getAllByName"))));

  /** Their own look-ups, proxies and redirects would go around the checks. */
  @ArchTest
  static final ArchRule NO_OTHER_CLIENT_IS_USED =
      noClasses()
          .that()
          .resideOutsideOfPackage(TESTKIT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(http\\..*|URL|URLConnection|HttpURLConnection)");

  @ArchTest
  static final ArchRule CLOCKS_AND_ENVIRONMENT_COME_IN_AS_ARGUMENTS =
      classes()
          .should(never(accessTargetWhere(in("java.time..", "now"))))
          .andShould(never(accessTargetWhere(in("java.lang", "currentTimeMillis"))))
          .andShould(never(accessTargetWhere(in("java.lang", "nanoTime"))))
          .andShould(never(accessTargetWhere(in("java.lang", "getenv"))))
          .andShould(never(accessTargetWhere(in("java.lang", "getProperty"))));

  private static DescribedPredicate<JavaAccess<?>> named(String name) {
    return JavaAccess.Predicates.target(HasName.Predicates.name(name));
  }

  private static DescribedPredicate<JavaAccess<?>> in(String inPackage, String name) {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.resideInAPackage(inPackage))
        .and(named(name));
  }
}
