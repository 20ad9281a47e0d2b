package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;

/** Verifies the signatures of files, many at a time, and says what came of each in their order. */
final class SignatureChecks {
  private static final String WHAT = "signature";

  private final Signatures signatures;
  private final SignerRule rule;
  private final ExecutorService executor;
  private final CheckList checks;

  SignatureChecks(
      Signatures signatures, SignerRule rule, ExecutorService executor, CheckList checks) {
    this.signatures = signatures;
    this.rule = rule;
    this.executor = executor;
    this.checks = checks;
  }

  /** How one ended. */
  private sealed interface Outcome {
    record Signed(Signer signer) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  Map<Asset, VerifiedAsset> all(Collection<SignedAsset> files, KmsAssets names)
      throws RefusedException, SourceException {
    List<Callable<Outcome>> tasks = new ArrayList<>();
    files.forEach(file -> tasks.add(() -> verify(file, names)));
    List<Outcome> outcomes = InParallel.run(executor, tasks);
    Map<Asset, VerifiedAsset> verified = new LinkedHashMap<>();
    int next = 0;
    for (SignedAsset file : files) {
      verified.put(file.asset(), verified(file, outcomes.get(next++)));
    }
    return verified;
  }

  private Outcome verify(SignedAsset file, KmsAssets names) throws SourceException {
    try {
      return new Outcome.Signed(signatures.verify(file, rule, names));
    } catch (SignatureRefusedException e) {
      return new Outcome.Refused(Refusal.of(file.asset().name(), e));
    } catch (RefusedException e) {
      return new Outcome.Refused(e.refusal());
    }
  }

  private VerifiedAsset verified(SignedAsset file, Outcome outcome) throws RefusedException {
    return switch (outcome) {
      case Outcome.Refused(Refusal refusal) -> throw checks.refuse(WHAT, "", refusal);
      case Outcome.Signed(Signer signer) -> {
        checks.passed(
            file.asset().name(),
            WHAT,
            signer.form().text(),
            "log index %d of %s".formatted(signer.logIndex(), signer.integratedTime()));
        yield new VerifiedAsset(file, signer);
      }
    };
  }
}
