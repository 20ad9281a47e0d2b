package network.calimero.tee.functions.contract;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import network.calimero.tee.functions.aws.LambdaFunction;

/** AWS's own runtime interface client in a process of its own, behind a local Runtime API. */
final class LambdaTarget implements Target {
  /** AWS's runtime interface client. */
  static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final int PATIENCE_SECONDS = 60;

  private final String name;
  private final RuntimeApi api = new RuntimeApi();
  private final Subprocess process;

  private LambdaTarget(String name, Path folder, String handler, Map<String, String> variables)
      throws Exception {
    this(name, folder, Subprocess.classPath(), handler, variables);
  }

  private LambdaTarget(
      String name, Path folder, String classPath, String handler, Map<String, String> variables)
      throws Exception {
    this.name = name;
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("_HANDLER", handler);
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "contract");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/contract");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    this.process =
        Subprocess.java(
            folder,
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                NativeClient.argument(folder),
                "-cp",
                classPath,
                CLIENT,
                handler),
            environment);
  }

  /**
   * A production function from those jars, and from nothing else but the client's own.
   *
   * @param loaded gets the names of the classes that it loads
   */
  static LambdaTarget of(List<Path> jars, String function, Path folder, Path loaded)
      throws Exception {
    List<String> classPath = new ArrayList<>(runtimeClient());
    jars.forEach(jar -> classPath.add(jar.toString()));
    return new LambdaTarget(
        function,
        folder,
        String.join(File.pathSeparator, classPath),
        handler(function),
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded));
  }

  /** Such as {@code network.calimero.tee.functions.aws.VerifyHandler}. */
  static String handler(String function) {
    return "%s.%s%sHandler"
        .formatted(
            LambdaFunction.class.getPackageName(),
            function.substring(0, 1).toUpperCase(Locale.ROOT),
            function.substring(1));
  }

  /** What Lambda's managed runtime has of its own. */
  static List<String> runtimeClient() {
    return Subprocess.classPathEntries().stream()
        .filter(entry ->
            entry.matches(
                ".*/(aws-lambda-java-(runtime-interface-client|serialization)|utils-lite)-[^/]*"))
        .toList();
  }

  /** A handler without a framework. */
  static LambdaTarget plain(Path folder, Map<String, String> environment) throws Exception {
    return new LambdaTarget("Lambda", folder, ContractLambda.class.getName(), environment);
  }

  /** A bean of spring-cloud-function. */
  static LambdaTarget spring(Path folder, Map<String, String> environment) throws Exception {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("MAIN_CLASS", ContractBeans.class.getName());
    variables.put("SPRING_CLOUD_FUNCTION_DEFINITION", "contract");
    return new LambdaTarget(
        "Lambda, spring-cloud-function",
        folder,
        "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest",
        variables);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> proof() {
    return Optional.of("AWS_IAM");
  }

  @Override
  public Reply send(Ask ask) throws Exception {
    return FunctionUrlFront.reply(invoke(FunctionUrlFront.event(ask)));
  }

  byte[] invoke(byte[] event) throws Exception {
    CompletableFuture<byte[]> response = api.invoke(event);
    try {
      return response
          .applyToEither(
              api.initError()
                  .thenApply(error -> {
                    throw new IllegalStateException("it did not start: " + error);
                  }),
              bytes -> bytes)
          .applyToEither(
              process
                  .ended()
                  .thenApply(_ -> {
                    throw new IllegalStateException("it has ended");
                  }),
              bytes -> bytes)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e + "\n" + process.output(), e);
    }
  }

  /** What it wrote to its log. */
  String output() throws Exception {
    return process.output();
  }

  @Override
  public void close() throws Exception {
    process.close();
    api.close();
  }
}
