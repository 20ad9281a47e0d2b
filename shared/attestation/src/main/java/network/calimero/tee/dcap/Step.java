package network.calimero.tee.dcap;

/** The ten steps of verification, in their order (dcap.md, "Verification"); 0 is form. */
public enum Step {
  FORM(0, "form of quote and collateral"),
  ROOT(1, "root of trust"),
  TCB_INFO(2, "TCB info"),
  QE_IDENTITY(3, "QE identity"),
  PCK_CHAIN(4, "PCK chain"),
  QE_REPORT(5, "QE report"),
  QUOTE_SIGNATURE(6, "quote signature"),
  PLATFORM_TCB(7, "platform TCB level"),
  TDX_MODULE(8, "TDX module"),
  CONVERGENCE(9, "TCB status"),
  ATTRIBUTES(10, "attributes");

  private final int number;
  private final String title;

  Step(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** 0 to 10. */
  public int number() {
    return number;
  }

  /** A few words for people. */
  public String title() {
    return title;
  }
}
