package network.calimero.tee.cli;

/** {@code mero-tee} on the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    Runtime.getRuntime().exit(MeroTee.run(Console.system(), args));
  }
}
