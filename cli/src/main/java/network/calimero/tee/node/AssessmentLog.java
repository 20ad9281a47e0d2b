package network.calimero.tee.node;

import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.node.Check.Outcome;
import network.calimero.tee.node.KmsAssessment.Refusal;
import network.calimero.tee.node.KmsAssessment.Verdict;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.X25519PublicKey;

/** One assessment of a KMS as its steps are taken. */
final class AssessmentLog {
  private final Bytes nonce;
  private final Bytes binding;
  private final StepLog steps = new StepLog(NodeStep.ofKms());
  private Optional<Quote> quote = Optional.empty();
  private Optional<X25519PublicKey> transportKey = Optional.empty();

  AssessmentLog(Bytes nonce, Bytes binding) {
    this.nonce = nonce;
    this.binding = binding;
  }

  Bytes nonce() {
    return nonce;
  }

  void quote(Quote parsed) {
    quote = Optional.of(parsed);
  }

  /** It is in the quote's report data. */
  void transportKey(X25519PublicKey bound) {
    transportKey = Optional.of(bound);
  }

  Optional<X25519PublicKey> transportKey() {
    return transportKey;
  }

  void passed(NodeStep step, String detail) {
    steps.passed(step, detail);
  }

  void failed(NodeStep step, String detail) {
    steps.add(step, Outcome.FAILED, detail);
  }

  void notJudged(NodeStep step, String detail) {
    steps.add(step, Outcome.NOT_JUDGED, detail);
  }

  KmsAssessment rejected(NodeStep step, String detail, Refusal why) {
    failed(step, detail);
    return ended(Verdict.REJECTED, why);
  }

  KmsAssessment undecided(NodeStep step, String detail, Refusal why) {
    steps.add(step, Outcome.UNDECIDED, detail);
    return ended(Verdict.UNDECIDED, why);
  }

  private KmsAssessment ended(Verdict verdict, Refusal why) {
    return new KmsAssessment(
        verdict,
        steps.all(),
        nonce,
        binding,
        quote,
        Optional.empty(),
        Optional.empty(),
        Optional.of(why));
  }

  KmsAssessment concluded(VerifiedQuote proven) {
    if (!steps.isComplete()) {
      throw new IllegalStateException("not judged yet: " + steps.next());
    }
    List<Check> checks = steps.all();
    boolean all = checks.stream().noneMatch(Check::stops);
    return new KmsAssessment(
        all ? Verdict.ACCEPTED : Verdict.NOT_ALLOWED,
        checks,
        nonce,
        binding,
        quote,
        Optional.of(proven),
        all ? transportKey : Optional.empty(),
        Optional.empty());
  }
}
