package network.calimero.tee.appraisal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.appraisal.AttestationResult.Affirming;
import network.calimero.tee.appraisal.AttestationResult.Contraindicated;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbEvaluation;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.MeasurementTuple;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.TdField;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.TdReport;

/**
 * Judges verified evidence by a policy: affirms it, or gives every reason against (kms-protocol.md,
 * 7).
 */
public final class Appraiser {
  private Appraiser() {}

  /** Appraises; an unenforced policy affirms every genuine trust domain. */
  public static AttestationResult appraise(VerifiedQuote evidence, AppraisalPolicy policy) {
    if (!(evidence.quote().body() instanceof TdReport report)) {
      String tee = evidence.quote().teeType().name();
      return new Contraindicated(
          List.of(
              new Reason(
                  Reason.Code.NOT_A_TRUST_DOMAIN,
                  "TEE type",
                  tee,
                  "the quote is of type " + tee + ", only TDX is accepted")));
    }
    List<Reason> reasons =
        switch (policy) {
          case AppraisalPolicy.Unenforced unenforced -> List.of();
          case AppraisalPolicy.Enforced enforced -> reasons(evidence.tcb(), report, enforced);
        };
    return reasons.isEmpty() ? new Affirming(evidence, policy) : new Contraindicated(reasons);
  }

  private static List<Reason> reasons(
      TcbEvaluation tcb, TdReport report, AppraisalPolicy.Enforced policy) {
    List<Reason> reasons = new ArrayList<>();
    if (!policy.statuses().contains(tcb.status())) {
      reasons.add(status(tcb, policy.statuses()));
    }
    switch (policy.references()) {
      case ReferenceValues.SeparateLists separate -> addUnlisted(reasons, report, separate.lists());
      case ReferenceValues.Tuples whole -> addMismatch(reasons, report, whole.tuples());
    }
    for (TdField field : TdField.values()) {
      Set<Bytes> accepted = policy.required().get(field);
      Bytes found = field.in(report);
      if (accepted != null && !accepted.contains(found)) {
        reasons.add(
            new Reason(
                Reason.Code.FIELD_NOT_ALLOWED,
                field.name(),
                found.hex(),
                field + " " + found.hex() + " is not among the accepted values"));
      }
    }
    return reasons;
  }

  private static Reason status(TcbEvaluation tcb, Set<TcbStatus> allowed) {
    String shortfalls =
        tcb.shortfalls().stream()
            .map(shortfall -> shortfall.text() + " (" + shortfall.part().remedy() + ")")
            .collect(Collectors.joining("; "));
    return new Reason(
        Reason.Code.TCB_STATUS_NOT_ALLOWED,
        "TCB status",
        tcb.status().text(),
        "TCB status is %s, allowed: %s%s"
            .formatted(
                tcb.status(),
                allowed.stream().sorted().map(TcbStatus::text).collect(Collectors.joining(", ")),
                shortfalls.isEmpty() ? "" : ": " + shortfalls));
  }

  private static void addUnlisted(
      List<Reason> reasons, TdReport report, Map<Register, Set<Measurement>> lists) {
    for (Register register : Register.values()) {
      Set<Measurement> allowed = lists.getOrDefault(register, Set.of());
      if (!allowed.contains(register.in(report))) {
        reasons.add(unlisted(register, report));
      }
    }
  }

  private static Reason unlisted(Register register, TdReport report) {
    String found = register.in(report).hex();
    return new Reason(
        Reason.Code.MEASUREMENT_NOT_ALLOWED,
        register.name(),
        found,
        register + " " + found + " is not in the policy");
  }

  /** Names the registers that differ from the image that comes nearest. */
  private static void addMismatch(
      List<Reason> reasons, TdReport report, Set<MeasurementTuple> images) {
    MeasurementTuple found = MeasurementTuple.of(report);
    if (images.contains(found)) {
      return;
    }
    List<Register> unknown = differing(found, nearest(found, images));
    boolean everyValueKnown =
        unknown.stream()
            .allMatch(register ->
                images.stream().anyMatch(i -> i.get(register).equals(found.get(register))));
    if (everyValueKnown) {
      reasons.add(
          new Reason(
              Reason.Code.MEASUREMENTS_OF_DIFFERENT_IMAGES,
              unknown.stream().map(Register::name).collect(Collectors.joining(", ")),
              unknown.stream().map(r -> found.get(r).hex()).collect(Collectors.joining(", ")),
              "the registers belong to different images: beside the rest of one, "
                  + unknown
                  + " are of another"));
      return;
    }
    unknown.forEach(register -> reasons.add(unlisted(register, report)));
  }

  private static MeasurementTuple nearest(MeasurementTuple found, Set<MeasurementTuple> images) {
    return images.stream()
        .min(Comparator.comparingInt(image -> differing(found, image).size()))
        .orElseThrow();
  }

  private static List<Register> differing(MeasurementTuple a, MeasurementTuple b) {
    List<Register> registers = new ArrayList<>();
    for (Register register : Register.values()) {
      if (!a.get(register).equals(b.get(register))) {
        registers.add(register);
      }
    }
    return registers;
  }
}
