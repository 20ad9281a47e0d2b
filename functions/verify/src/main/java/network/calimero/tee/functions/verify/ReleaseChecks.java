package network.calimero.tee.functions.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.calimero.tee.appraisal.Reason;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.verify.Check.Name;

/** What the release that was found, or not, makes of compose document and registers. */
final class ReleaseChecks {
  private final ReleaseFinder.Finding finding;
  private final Optional<Bytes> composeHash;

  ReleaseChecks(ReleaseFinder.Finding finding, Optional<Bytes> composeHash) {
    this.finding = finding;
    this.composeHash = composeHash;
  }

  Check measurements() {
    return switch (finding) {
      case ReleaseFinder.NotFound(boolean failed, String code, String reason) ->
          failed
              ? Check.failed(Name.MEASUREMENTS, code, reason)
              : Check.notPossible(Name.MEASUREMENTS, code, reason);
      case ReleaseFinder.Found(List<Judgement> likeliest, String how) ->
          judged(likeliest, foundBy(how));
    };
  }

  private static String foundBy(String how) {
    return how.equals("name") ? "" : ", found by " + how.replace('_', ' ');
  }

  private static Check judged(List<Judgement> likeliest, String how) {
    Judgement one = likeliest.getFirst();
    if (one.reasons().isEmpty()) {
      return Check.passed(Name.MEASUREMENTS, "those of %s%s".formatted(describe(likeliest), how));
    }
    String reasons = one.reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
    return Check.failed(
        Name.MEASUREMENTS,
        one.unlisted() == 0
            ? CheckCode.TCB_STATUS_REJECTED.text()
            : CheckCode.MEASUREMENT_POLICY_REJECTED.text(),
        "not accepted by %s%s: %s".formatted(describe(likeliest), how, reasons));
  }

  /** A release by the names of what fits equally well. */
  private static String describe(List<Judgement> likeliest) {
    Expected one = likeliest.getFirst().expected();
    String profiles =
        likeliest.stream()
            .map(judgement -> judgement.expected().policy().profile().text())
            .distinct()
            .collect(Collectors.joining(" or "));
    return "%s %s, %s".formatted(one.policy().role(), one.version(), profiles);
  }

  Check composeHash() {
    if (composeHash.isEmpty()) {
      return Check.notPossible(
          Name.COMPOSE_HASH,
          CheckCode.NONE_MEASURED.text(),
          "no proven event log says a compose hash");
    }
    return switch (finding) {
      case ReleaseFinder.NotFound(boolean failed, String code, String reason) ->
          Check.notPossible(Name.COMPOSE_HASH, code, reason);
      case ReleaseFinder.Found(List<Judgement> likeliest, String _) ->
          switch (likeliest.getFirst().compose()) {
            case FITS ->
                Check.passed(
                    Name.COMPOSE_HASH,
                    "%s is that of %s".formatted(composeHash.get().hex(), describe(likeliest)));
            case DIFFERS ->
                Check.failed(
                    Name.COMPOSE_HASH,
                    CheckCode.COMPOSE_HASH_DIFFERS.text(),
                    "%s is not that of %s".formatted(composeHash.get().hex(), describe(likeliest)));
            case RELEASE_NAMES_NONE, NOT_MEASURED ->
                Check.notPossible(
                    Name.COMPOSE_HASH,
                    CheckCode.RELEASE_NAMES_NONE.text(),
                    "the release says nothing of compose hashes");
          };
    };
  }
}
