package network.calimero.tee.simulator.pcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.PckCa;

/**
 * Under which parameters collateral is served.
 *
 * @param fmspc upper-case hex
 * @param ca whose PCK CRL it holds
 */
public record PcsPlace(Tee tee, String fmspc, PckCa ca) {
  private static final Pattern FMSPC = Pattern.compile("\"fmspc\"\\s*:\\s*\"([0-9a-fA-F]{12})\"");
  private static final Pattern TDX = Pattern.compile("\"id\"\\s*:\\s*\"TDX\"");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})*");

  /** Writes the FMSPC in upper case. */
  public PcsPlace {
    fmspc = fmspc.toUpperCase(Locale.ROOT);
  }

  /**
   * Where collateral belongs by what it says of itself. It is found by looking at the text, not by
   * parsing, so that spoiled documents find their place too.
   */
  public static PcsPlace of(SimulatedCollateral collateral) {
    String tcbInfo = collateral.find(SimulatedCollateral.TCB_INFO).orElse("");
    Matcher fmspc = FMSPC.matcher(tcbInfo);
    Tee tee = TDX.matcher(tcbInfo).find() ? Tee.TDX : Tee.SGX;
    return new PcsPlace(tee, fmspc.find() ? fmspc.group(1) : "", ca(collateral));
  }

  /** The same for another FMSPC than the document names. */
  public PcsPlace withFmspc(String other) {
    return new PcsPlace(tee, other, ca);
  }

  /** The same for another authority than the CRL names. */
  public PcsPlace withCa(PckCa other) {
    return new PcsPlace(tee, fmspc, other);
  }

  /** The same for the other kind of quotes. */
  public PcsPlace withTee(Tee other) {
    return new PcsPlace(other, fmspc, ca);
  }

  private static PckCa ca(SimulatedCollateral collateral) {
    Optional<String> crl =
        collateral.find(SimulatedCollateral.PCK_CRL).filter(hex -> HEX.matcher(hex).matches());
    return crl.map(hex -> new String(Bytes.unhex(hex), ISO_8859_1))
        .filter(text -> text.contains("PCK Processor CA"))
        .map(text -> PckCa.PROCESSOR)
        .orElse(PckCa.PLATFORM);
  }
}
