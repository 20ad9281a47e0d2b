package network.calimero.tee.functions.contract;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The native part of AWS's runtime interface client, unpacked beforehand. By itself each process
 * writes it over one file in /tmp, which crashes others that start at the same time.
 */
final class NativeClient {
  private static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final String MUSL = "/etc/alpine-release";

  private NativeClient() {}

  /** The argument that makes a JVM take it from that folder. */
  static String argument(Path folder) throws IOException {
    String system = Files.exists(Path.of(MUSL)) ? "linux_musl" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String resource = "/jni/libaws-lambda-jni.%s-%s.so".formatted(system, machine);
    Path file = folder.resolve("runtime-client.so");
    if (!Files.exists(file)) {
      try (InputStream in = NativeClient.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new FileNotFoundException(resource);
        }
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return "-D%s=%s".formatted(PROPERTY, file);
  }
}
