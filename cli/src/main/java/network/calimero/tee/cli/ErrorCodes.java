package network.calimero.tee.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import network.calimero.tee.bundles.TrustedRootUpdateException;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.node.KmsTag;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.ReleaseCode;
import network.calimero.tee.sigstore.SignatureRefusedException;

/** Every {@code failure.code} of the command line, for whoever describes them. */
public final class ErrorCodes {
  private ErrorCodes() {}

  /**
   * One code.
   *
   * @param exits the exit codes that it can come with, in their order
   * @param advice what to do, a phrase for people
   */
  public record Entry(String code, List<Integer> exits, String advice) {
    /** Copies. */
    public Entry {
      exits = List.copyOf(exits);
    }
  }

  /** What the program itself found. */
  public static List<Entry> own() {
    Stream<Entry> own =
        Arrays.stream(OwnCode.values())
            .map(code -> new Entry(code.text(), List.of(code.exit()), code.advice()));
    Stream<Entry> eventLogs =
        Arrays.stream(UnprovenLogException.Code.values())
            .map(code -> new Entry(code.text(), List.of(Exits.REJECTED), code.advice()));
    return Stream.concat(own, eventLogs).toList();
  }

  /** What a node meets at a KMS's address, the KMS's own words apart. */
  public static List<Entry> node() {
    Set<NodeException.Code> saidByTag =
        Set.of(NodeException.Code.KMS_REFUSED, NodeException.Code.KMS_NOT_ABLE);
    return Arrays.stream(NodeException.Code.values())
        .filter(code -> !saidByTag.contains(code))
        .map(code -> new Entry(code.text(), List.of(Exits.of(code)), code.advice()))
        .toList();
  }

  /** What a KMS says when it is asked for a key; asked for evidence it leaves no verdict. */
  public static List<Entry> kms() {
    return Arrays.stream(KmsTag.values())
        .map(tag -> new Entry(tag.text(), kmsExits(tag), tag.advice()))
        .toList();
  }

  private static List<Integer> kmsExits(KmsTag tag) {
    return switch (tag) {
      case INVALID_REQUEST, ATTESTATION_VERIFICATION_FAILED ->
          List.of(Exits.REJECTED, Exits.NO_VERDICT);
      default -> List.of(tag.isRefusal() ? Exits.REJECTED : Exits.NO_VERDICT);
    };
  }

  /** Collateral that did not come. */
  public static List<Entry> collateral() {
    return Arrays.stream(CollateralUnavailableException.Code.values())
        .map(code -> new Entry(Failure.codeOf(code), List.of(Exits.of(code)), code.advice()))
        .toList();
  }

  /** Steps of verification that failed. */
  public static List<Entry> verification() {
    return Arrays.stream(FailureCode.values())
        .map(code -> new Entry(code.text(), List.of(Exits.REJECTED), code.advice()))
        .toList();
  }

  /** Signatures that were refused. */
  public static List<Entry> signatures() {
    return Arrays.stream(SignatureRefusedException.Code.values())
        .map(code -> new Entry(code.text(), List.of(Exits.REJECTED), code.advice()))
        .toList();
  }

  /** Updates of the trusted root that failed. */
  public static List<Entry> trustedRoot() {
    return Arrays.stream(TrustedRootUpdateException.Code.values())
        .map(code -> new Entry(code.text(), List.of(Exits.of(code)), code.advice()))
        .toList();
  }

  /** Releases that were refused, their signatures apart. */
  public static List<Entry> releases() {
    return Arrays.stream(ReleaseCode.values())
        .map(code -> new Entry(code.text(), List.of(Exits.REJECTED), code.advice()))
        .toList();
  }

  /** Files of releases, or what a log has of them, that did not come or were not kept. */
  public static List<Entry> releaseSources() {
    return Arrays.stream(SourceException.Code.values())
        .filter(code -> code != SourceException.Code.BUSY) // of services that strangers call
        .map(code -> new Entry(code.text(), List.of(Exits.of(code)), code.advice()))
        .toList();
  }

  /** The exit codes that a code can come with, wherever it comes from; none if there is no such. */
  static Set<Integer> exits(String code) {
    Set<Integer> exits = new TreeSet<>();
    Stream.of(
            own(),
            node(),
            kms(),
            collateral(),
            verification(),
            signatures(),
            releases(),
            releaseSources(),
            trustedRoot())
        .flatMap(List::stream)
        .filter(entry -> entry.code().equals(code))
        .forEach(entry -> exits.addAll(entry.exits()));
    return exits;
  }
}
