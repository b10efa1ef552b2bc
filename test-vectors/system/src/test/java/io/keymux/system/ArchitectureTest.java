package io.keymux.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * The borders of the modules, held over all modules' classes together: a test inside one module
 * cannot see a wrong edge between two.
 */
@AnalyzeClasses(packages = "io.keymux", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root"));

  private static final Map<String, String> MODULES =
      Map.of(
          "cpix", "io.keymux.cpix",
          "packager", "io.keymux.packager",
          "keyserver-clients", "io.keymux.keyserver",
          "api", "io.keymux.api",
          "test-vectors", "io.keymux.testvectors");

  /** Guards the other rules: without classes they would all hold. */
  @ArchTest
  static void everyModuleWithSourcesIsOnTheClassPath(JavaClasses classes) {
    MODULES.forEach(
        (module, root) -> {
          boolean hasSources = Files.isDirectory(ROOT.resolve(module + "/src/main/java"));
          boolean hasClasses =
              classes.stream().anyMatch(type -> type.getPackageName().startsWith(root));
          assertThat(hasClasses).as("classes of %s", module).isEqualTo(hasSources);
        });
  }

  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("testvectors")
          .definedBy("io.keymux.testvectors..")
          .layer("api")
          .definedBy("io.keymux.api..")
          .layer("packager")
          .definedBy("io.keymux.packager..")
          .layer("keyserver")
          .definedBy("io.keymux.keyserver..")
          .layer("cpix")
          .definedBy("io.keymux.cpix..")
          .whereLayer("testvectors")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("api")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("packager")
          .mayOnlyBeAccessedByLayers("api", "testvectors")
          .whereLayer("keyserver")
          .mayOnlyBeAccessedByLayers("api", "testvectors")
          .whereLayer("cpix")
          .mayOnlyBeAccessedByLayers("api", "packager", "keyserver", "testvectors");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.keymux.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_VOCABULARY_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.keymux.cpix")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.keymux.cpix.xml..",
              "io.keymux.cpix.signaling..",
              "io.keymux.cpix.box..",
              "io.keymux.cpix.credential..",
              "io.keymux.cpix.protection..");

  @ArchTest
  static final ArchRule THE_JUDGE_SHARES_NO_CODE_WITH_THE_PACKAGER =
      noClasses()
          .that()
          .resideInAPackage("io.keymux.testvectors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.keymux.packager..", "io.keymux.cpix.box..", "io.keymux.api..");

  @ArchTest
  static final ArchRule HTTP_SERVERS_STAY_IN_API =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule JSON_STAYS_WHERE_OTHERS_SPEAK_IT =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.keymux.api..", "io.keymux.keyserver..", "io.keymux.testvectors..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule HTTP_CALLS_STAY_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.keymux.keyserver.http", "io.keymux.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "org.apache.hc..")
          .because("that one bounds time, size and addresses, and logs nothing");

  @ArchTest
  static final ArchRule THE_SDK_OF_AWS_STAYS_IN_STORAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.keymux.api.storage", "io.keymux.docs..")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.envelope.AwsKmsKey")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because("packaging local files starts without it");

  @ArchTest
  static final ArchRule JAXB_STAYS_IN_CPIX_XML =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.cpix.xml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.xml.bind..", "org.apache.xml.security..");

  @ArchTest
  static final ArchRule XML_SIGNATURES_STAY_IN_CPIX_SIGNATURE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.cpix.signature..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.xml.crypto..");

  @ArchTest
  static final ArchRule BOUNCY_CASTLE_STAYS_WHERE_FILES_OF_KEYS_ARE_READ =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.cpix.credential..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .because("packaging starts without it");

  @ArchTest
  static final ArchRule XML_FACTORIES_STAY_IN_CPIX_XML =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.cpix.xml..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("javax\\.xml\\.(?!crypto\\.).*Factory")
          .because("one hardened factory refuses DTDs and external entities");

  @ArchTest
  static final ArchRule PROCESSES_START_IN_TOOL_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.keymux.packager.tool..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule KEYS_ARE_REVEALED_WHERE_LISTED_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.keymux.packager.encrypt..",
              "io.keymux.packager.decrypt..",
              "io.keymux.packager.verify..",
              "io.keymux.cpix.xml..",
              "io.keymux.cpix.signaling..",
              "io.keymux.cpix.credential..",
              "io.keymux.cpix.protection..",
              "io.keymux.keyserver..",
              "io.keymux.api.keyserver..",
              "io.keymux.api.mps.signature..",
              "io.keymux.api.mps.callback..",
              "io.keymux.api.access.proof..",
              "io.keymux.api.courier..",
              "io.keymux.api.audit..",
              "io.keymux.api.envelope..",
              "io.keymux.api.secret..")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.cli.RevealedKey")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.packager.bento4.EncryptCommand")
          .should()
          .callMethod(SecretBytes.class, "reveal");

  @ArchTest
  static final ArchRule SECRETS_BECOME_TEXTS_WHERE_LISTED_ONLY =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.keymux.api.webhook.Receiver")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.database.Database")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.job.JobPreparation")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.job.SealedOrder")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.job.JobKeys")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.storage.S3Clients")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.courier.HttpPost")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.mps.task.OpenReceiver")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.mps.event.EventRequest")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.envelope.VaultTransitKey")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.config.KeyText")
          .should()
          .callMethod("io.keymux.api.secret.SecretText", "utf8", SecretBytes.class.getName())
          .orShould()
          .callMethod("io.keymux.api.secret.SecretText", "base64", SecretBytes.class.getName());

  @ArchTest
  static final ArchRule NODES_HAVE_THE_TIME_OF_THEIR_DATABASE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.keymux.api.database..",
              "io.keymux.api.store..",
              "io.keymux.api.queue..",
              "io.keymux.api.job..",
              "io.keymux.api.http..",
              "io.keymux.api.webhook..",
              "io.keymux.api.access.proof..",
              "io.keymux.api.courier..",
              "io.keymux.api.mps..")
          .and()
          .doNotHaveFullyQualifiedName("io.keymux.api.http.KeymuxService")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .because("nodes that share a database have clocks that differ");

  @ArchTest
  static final ArchRule OUR_EXCEPTIONS_HAVE_ONE_ROOT =
      classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(DrmException.class);

  @ArchTest
  static final ArchRule NOTHING_IS_CALLED_UTIL =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .because("the name must say what it does; put the method on the type it serves");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses().that().resideOutsideOfPackage("io.keymux.api..").should(ACCESS_STANDARD_STREAMS);

  @ArchTest static final ArchRule NO_RAW_THROWS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
