package network.calimero.tee.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built as. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "mero-tee " + (version == null ? "(not from a jar)" : version),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
