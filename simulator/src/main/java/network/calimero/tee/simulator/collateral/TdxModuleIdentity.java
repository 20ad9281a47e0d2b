package network.calimero.tee.simulator.collateral;

import java.util.List;

/**
 * What a TCB info says of one version of the TDX module.
 *
 * @param id {@code TDX_01} for version 1
 * @param mrSigner 48 bytes in hex
 * @param attributes 8 bytes in hex
 * @param attributesMask 8 bytes in hex
 */
public record TdxModuleIdentity(
    String id, String mrSigner, String attributes, String attributesMask, List<SvnLevel> levels) {
  /** Copies the list. */
  public TdxModuleIdentity {
    levels = List.copyOf(levels);
  }

  /** Intel's own module of a version: signer and attributes zero. */
  public static TdxModuleIdentity of(int version, List<SvnLevel> levels) {
    return new TdxModuleIdentity(
        "TDX_%02X".formatted(version), "00".repeat(48), "00".repeat(8), "FF".repeat(8), levels);
  }
}
