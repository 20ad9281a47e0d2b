package network.calimero.tee.kms.config;

import java.util.List;
import java.util.Map;

/**
 * Variables that are no settings of this program, and decide all the same what it does: the Java VM
 * and the system's loader obey them before its first line runs. They can open it to a debugger,
 * have commands run, or put other code into it. {@code _JAVA_OPTIONS} and its like are documented
 * for the {@code java} command, those of the loader in ld.so(8).
 */
final class LaunchVariables {
  /** In the order in which they are told. */
  static final List<String> NAMES =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "LD_PRELOAD",
          "LD_AUDIT",
          "LD_LIBRARY_PATH");

  private LaunchVariables() {}

  /** Those that the environment sets, and the image does not set in the same way. */
  static List<String> foreign(Map<String, String> environment, Image image) {
    return NAMES.stream().filter(name -> isForeign(name, environment, image)).toList();
  }

  private static boolean isForeign(String name, Map<String, String> environment, Image image) {
    String value = environment.getOrDefault(name, "");
    return !value.isBlank() && !value.equals(image.settings().values().get(name));
  }
}
