package network.calimero.tee.dcap;

/**
 * One reason why a status is not UpToDate: what is short, by how much, and what to update (dcap.md,
 * "Say why").
 *
 * @param part which half is short
 * @param item the component by name, such as {@code SGX TCB component 0} or {@code TDX module
 *     TDX_01 ISV SVN}
 * @param found the SVN that the platform has, or −1 where no number is short
 * @param needed the SVN that an up-to-date platform has, or −1
 */
public record Shortfall(Part part, String item, int found, int needed) {

  /** What can be short, with what its operator should do. */
  public enum Part {
    SGX_COMPONENT("update the platform's BIOS and microcode"),
    PCE("update the platform's BIOS and microcode, then its PCK certificate"),
    TDX_COMPONENT("update the platform's BIOS and microcode"),
    TDX_MODULE("update the TDX module (SEAM loader), usually part of the BIOS"),
    QUOTING_ENCLAVE("update the platform's DCAP packages, which bring the quoting enclave"),
    CONFIGURATION("change the platform's BIOS settings as the advisories say"),
    SOFTWARE("harden the software in the TD or enclave as the advisories say"),
    LAUNCH("restart the TD: the platform has been updated since it was launched");

    private final String remedy;

    Part(String remedy) {
      this.remedy = remedy;
    }

    /** What to do, a phrase for the platform's operator. */
    public String remedy() {
      return remedy;
    }
  }

  static Shortfall of(Part part, String item) {
    return new Shortfall(part, item, -1, -1);
  }

  /** A sentence such as {@code TDX module TDX_01 ISV SVN is 6, needs 11}. */
  public String text() {
    return needed < 0 ? item : item + " is " + found + ", needs " + needed;
  }
}
