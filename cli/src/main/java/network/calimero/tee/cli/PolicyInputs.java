package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.policy.PolicyFile;

/** Reads the documents that somebody names: files, standard input, or folders of a release. */
final class PolicyInputs {
  /** What in a release's folder says who is let in; the rest is left alone. */
  private static final Pattern IN_FOLDER =
      Pattern.compile(".*attestation-policy(\\.[a-z-]+)?\\.json|published-mrtds\\.json");

  private PolicyInputs() {}

  /** All of them. A copy of one that was read before in the same folder is left out. */
  static List<PolicyFile> read(Console console, List<String> names) throws FailureException {
    List<PolicyFile> files = new ArrayList<>();
    for (String name : names) {
      if (!name.equals(Inputs.STDIN) && Files.isDirectory(Path.of(name))) {
        files.addAll(folder(console, Path.of(name)));
      } else {
        files.add(file(console, name));
      }
    }
    return files;
  }

  private static List<PolicyFile> folder(Console console, Path folder) throws FailureException {
    List<PolicyFile> files = new ArrayList<>();
    Set<String> digests = new HashSet<>();
    for (Path path : listed(folder)) {
      PolicyFile file = file(console, path.toString());
      if (digests.add(file.sha256())) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      throw FailureException.input(
          "no policy in %s".formatted(folder),
          "give a folder with the files of a release, or name a file");
    }
    return files;
  }

  /** In the order of their names: the one without a profile comes first where there is one. */
  private static List<Path> listed(Path folder) throws FailureException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(path -> IN_FOLDER.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FailureException.input(
          "cannot read %s: %s".formatted(folder, Inputs.reason(e)),
          "check the path and its permissions");
    }
  }

  private static PolicyFile file(Console console, String name) throws FailureException {
    byte[] bytes = Inputs.read(console, name, PolicyFile.MAX_SIZE);
    try {
      return PolicyFile.read(name.equals(Inputs.STDIN) ? "standard input" : name, Bytes.of(bytes));
    } catch (PolicyDocumentException e) {
      throw FailureException.of(OwnCode.POLICY_MALFORMED, name + ": " + e.reason());
    }
  }
}
