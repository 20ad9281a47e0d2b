package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this process. */
final class Cli {
  /** The time that it is for all commands, and that simulated platforms are valid at. */
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Cli() {}

  static Result run(Object... args) {
    return runWithInput(new byte[0], args);
  }

  static Result runWithInput(byte[] input, Object... args) {
    return run(input, Map.of(), args);
  }

  /** With those variables and no others. */
  static Result runIn(Map<String, String> environment, Object... args) {
    return run(new byte[0], environment, args);
  }

  private static Result run(byte[] input, Map<String, String> environment, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input),
            Console.writer(out),
            Console.writer(err),
            InstantSource.fixed(NOW),
            environment);
    int exit =
        MeroTee.run(console, Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    Result result = new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    if (result.out.startsWith("{")) {
      requireDescribed(result);
      Published.of(args).ifPresent(schema -> Published.valid(schema, result.json()));
    }
    return result;
  }

  /** Every failure that any test meets is one of those that the error page is written from. */
  private static void requireDescribed(Result result) {
    String code = result.json().path("failure").path("code").asString("");
    if (!code.isEmpty()) {
      assertThat(ErrorCodes.exits(code)).as(code).contains(result.exit);
    }
  }

  /** What a command did. */
  record Result(int exit, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }

    String firstLine() {
      return out.lines().findFirst().orElse("");
    }
  }

  /** A file with that content. */
  static Path write(Path file, byte[] content) throws IOException {
    return Files.write(file, content);
  }
}
