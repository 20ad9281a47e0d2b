package network.calimero.tee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import network.calimero.tee.identity.InvalidIdentityException;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.identity.file.IdentityFile;
import picocli.CommandLine.Option;

/** Who the node is. */
final class IdentityOptions {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      required = true,
      description =
          "The node's identity: base64 of libp2p's private key (Ed25519). Its keys hang on it.")
  Path file = Path.of("");

  @Option(
      names = "--create-identity",
      description = "Make a new identity if there is no such file; never overwrites one.")
  boolean create;

  PeerKeyPair open() throws FailureException {
    try {
      if (create && Files.notExists(file)) {
        PeerKeyPair pair = PeerKeyPair.generate(new SecureRandom());
        IdentityFile.create(file, pair);
        return pair;
      }
      return IdentityFile.load(file);
    } catch (IOException e) {
      throw FailureException.input(
          "identity file %s: %s".formatted(file, Inputs.reason(e)),
          create
              ? "name a file in a folder that is there and that this user may write to"
              : "check the path, or make a new identity with --create-identity");
    } catch (InvalidIdentityException e) {
      throw FailureException.input(
          "identity file %s: %s".formatted(file, e.getMessage()),
          "give the file that the node was started with; a new one gets other keys");
    }
  }
}
