package network.calimero.tee.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.node.Check.Outcome;
import network.calimero.tee.node.KmsAssessment.Refusal;
import network.calimero.tee.node.KmsAssessment.Verdict;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.seal.X25519PublicKey;

/** The checks of one assessment as they are made; knows those that were not reached. */
final class AssessmentLog {
  static final String ANSWER = "answer of a KMS, within a node's limits";
  static final String FORM = "a TDX quote";
  static final String CLAIM = "report data that the KMS states";
  static final String FRESH = "report data of the quote: nonce, binding, transport key if asked";
  static final String PROVEN = "quote proven to the root";
  static final String STATUS = "TCB status allowed";

  static final String APP = "compose hash, by the event log";

  private static final List<String> ALL =
      Stream.of(
              Stream.of(ANSWER, FORM, CLAIM, FRESH, PROVEN, STATUS),
              Stream.of(Register.values()).map(Register::name),
              Stream.of(APP))
          .flatMap(names -> names)
          .toList();

  private final Bytes nonce;
  private final Bytes binding;
  private final List<Check> checks = new ArrayList<>();
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

  void passed(String name, String detail) {
    checks.add(new Check(name, Outcome.PASSED, detail));
  }

  void failed(String name, String detail) {
    checks.add(new Check(name, Outcome.FAILED, detail));
  }

  void notJudged(String name, String detail) {
    checks.add(new Check(name, Outcome.NOT_JUDGED, detail));
  }

  KmsAssessment rejected(String name, String detail, Refusal why) {
    failed(name, detail);
    return ended(Verdict.REJECTED, why);
  }

  KmsAssessment undecided(String name, String detail, Refusal why) {
    checks.add(new Check(name, Outcome.UNDECIDED, detail));
    return ended(Verdict.UNDECIDED, why);
  }

  private KmsAssessment ended(Verdict verdict, Refusal why) {
    for (String name : ALL.subList(checks.size(), ALL.size())) {
      checks.add(new Check(name, Outcome.NOT_REACHED, ""));
    }
    return new KmsAssessment(
        verdict,
        checks,
        nonce,
        binding,
        quote,
        Optional.empty(),
        Optional.empty(),
        Optional.of(why));
  }

  KmsAssessment concluded(VerifiedQuote proven) {
    boolean all = checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
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
