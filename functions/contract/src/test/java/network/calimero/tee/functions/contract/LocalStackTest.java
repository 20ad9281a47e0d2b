package network.calimero.tee.functions.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.MountableFile;

/** The verifier's zip, deployed as it would be to AWS, behind its function URL. */
class LocalStackTest {
  private static final String IMAGE = "localstack/localstack:4.9.2";
  private static final String ZIP = "/tmp/verify.zip";
  private static final String ROLE = "arn:aws:iam::000000000000:role/verify";

  @TempDir Path folder;

  /** Asked for by file and variable: Testcontainers itself takes seconds to say so. */
  private static Optional<String> missing() {
    boolean engine =
        System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    return engine
        ? Optional.empty()
        : Optional.of("no container engine: neither DOCKER_HOST nor /var/run/docker.sock");
  }

  @Test
  void theDeployedVerifierAnswersBehindItsFunctionUrl() throws Exception {
    Optional<String> missing = missing();
    missing.ifPresent(reason -> System.out.println("SKIPPED: LocalStack: " + reason));
    assumeTrue(missing.isEmpty(), () -> "LocalStack: " + missing.orElse(""));
    Path zip = Unpacked.of("verify", folder).zip();
    try (LocalStackContainer aws = new LocalStackContainer(IMAGE).withServices("lambda")) {
      aws.withCopyFileToContainer(MountableFile.forHostPath(zip), ZIP).start();
      URI url = deploy(aws);

      String answer = get(aws, url, "/api/openapi.json");
      assertThat(answer).startsWith("HTTP/1.1 200").contains("/api/verify");
      assertThat(get(aws, url, "/api/nowhere"))
          .startsWith("HTTP/1.1 404")
          .contains("\"code\":\"not_found\"");
    }
  }

  private static URI deploy(LocalStackContainer aws) throws Exception {
    lambda(
        aws,
        "create-function",
        "--function-name=verify",
        "--runtime=java25",
        "--memory-size=512",
        "--timeout=60",
        "--role=" + ROLE,
        "--handler=" + LambdaTarget.handler("verify"),
        "--zip-file=fileb://" + ZIP);
    lambda(aws, "wait", "function-active-v2", "--function-name=verify");
    return URI.create(
        lambda(
                aws,
                "create-function-url-config",
                "--function-name=verify",
                "--auth-type=NONE",
                "--query=FunctionUrl",
                "--output=text")
            .strip());
  }

  private static String lambda(LocalStackContainer aws, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "awslocal";
    command[1] = "lambda";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    ExecResult result = aws.execInContainer(command);
    assertThat(result.getExitCode()).as(result.getStderr()).isZero();
    return result.getStdout();
  }

  /** The function URL's name leads to LocalStack, which tells functions apart by it. */
  private static String get(LocalStackContainer aws, URI url, String path) throws IOException {
    URI edge = aws.getEndpoint();
    try (Socket socket = new Socket(edge.getHost(), edge.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, url.getHost())
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
