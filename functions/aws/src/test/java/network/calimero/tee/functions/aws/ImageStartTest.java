package network.calimero.tee.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The entry point of container images, with a program in Java's place that says how it was called.
 * {@code scripts/bench --cold-start} runs it with Java, the real jars and a real cache.
 */
class ImageStartTest {
  private static final Path START =
      Path.of(System.getProperty("mero.root"), "functions/aws/container/start");
  private static final String JAR = "lib/mero-tee-functions-verify-1.jar";

  @TempDir Path folder;

  @BeforeEach
  void image() throws IOException {
    write("opt/" + JAR, "a jar");
    write("opt/lib/aws-lambda-java-runtime-interface-client-1.jar", "the client");
    Files.copy(START, folder.resolve("opt/start"), StandardCopyOption.COPY_ATTRIBUTES);
    write("java/release", "JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\n");
    write("java/bin/java", "#!/bin/sh\nprintf '%s ' \"$@\" \"MAIN_CLASS=${MAIN_CLASS:-}\"\n");
    assertThat(folder.resolve("java/bin/java").toFile().setExecutable(true)).isTrue();
    write("opt/cache/classes.aot", "a cache");
    write("opt/cache/made-of", start("--identity").output());
  }

  private record Run(int code, String output) {}

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Run start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("opt/start").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().remove("FUNCTION");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Run(process.onExit().join().exitValue(), output);
  }

  private void isUsed() throws IOException {
    Run run = start("verify");
    assertThat(run.output())
        .contains("-XX:AOTCache=" + folder.resolve("opt/cache/classes.aot"))
        .doesNotContain("cache.unused");
  }

  private void isNotUsed(String because) throws IOException {
    Run run = start("verify");
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("\"level\":\"warn\",\"event\":\"cache.unused\"", because)
        .contains("-XX:AOTMode=off", "network.calimero.tee.functions.aws.VerifyHandler")
        .doesNotContain("-XX:AOTCache=");
  }

  @Test
  void aCacheThatFitsIsUsed() throws IOException {
    isUsed();
    assertThat(start("verify").output())
        .contains(folder.resolve("opt/" + JAR).toString())
        .contains("AWSLambda network.calimero.tee.functions.aws.VerifyHandler MAIN_CLASS= ");
  }

  @Test
  void aCacheIsNotUsedWithAnotherJar() throws IOException {
    write("opt/" + JAR, "A jar"); // of the same size
    isNotUsed("made of something else: " + JAR);
  }

  @Test
  void aCacheIsNotUsedWithAJarMoreOrLess() throws IOException {
    write("opt/lib/one-more.jar", "");
    isNotUsed("made of something else: lib/one-more.jar");
    Files.delete(folder.resolve("opt/lib/one-more.jar"));
    isUsed();
    Files.delete(folder.resolve("opt/" + JAR));
    isNotUsed("made of something else: " + JAR);
  }

  @Test
  void aCacheIsNotUsedWithAnotherJava() throws IOException {
    write("java/release", "JAVA_RUNTIME_VERSION=\"25.0.4+7-LTS\"\n");
    isNotUsed("made of something else: " + folder.resolve("java/release"));
  }

  @Test
  void aCacheIsNotUsedWithOtherFlags() throws IOException {
    Path start = folder.resolve("opt/start");
    Files.writeString(start, Files.readString(start).replace("UseSerialGC", "UseParallelGC"));
    isNotUsed("made of something else: start");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    Files.delete(folder.resolve("opt/cache/made-of"));
    isNotUsed("nothing says what it was made of");
    Files.delete(folder.resolve("opt/cache/classes.aot"));
    isNotUsed("there is none");
  }

  @Test
  void springIsStartedWhereItIs() throws IOException {
    write("opt/lib/mero-tee-functions-spring-1.jar", "beans");
    assertThat(start("policy").output())
        .contains("FunctionInvoker::handleRequest")
        .contains("MAIN_CLASS=network.calimero.tee.functions.spring.ProductionBeans");
  }

  @Test
  void noOtherFunctionIsStarted() throws IOException {
    assertThat(start().code()).isEqualTo(2);
    Run run = start("kms");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.output()).contains("FUNCTION is none of verify, policy, admission");
  }
}
