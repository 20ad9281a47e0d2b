package network.calimero.tee.kms.time;

/**
 * The oldest sets that count, as measured with the image (kms-config.md, "In the measured file
 * only").
 *
 * @param tcbEvaluationDataNumber of TCB info; 0: any
 * @param qeEvaluationDataNumber of QE identity; 0: any
 */
public record Minimums(int tcbEvaluationDataNumber, int qeEvaluationDataNumber) {
  /** Any set that Intel signed. */
  public static final Minimums NONE = new Minimums(0, 0);
}
