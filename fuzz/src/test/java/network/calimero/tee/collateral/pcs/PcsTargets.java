package network.calimero.tee.collateral.pcs;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;

/** What Intel's provisioning service answers with, before it is collateral. */
public final class PcsTargets {
  private PcsTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "pcs_answer",
            Target.PARSING,
            PcsTargets::seeds,
            PcsTargets::read,
            Set.of(SignedJson.NotSigned.class)));
  }

  private static List<Bytes> seeds() {
    String signature = "0a".repeat(64);
    return List.of(
        Genuine.utf8("{\"tcbInfo\":{\"id\":\"TDX\"},\"signature\":\"%s\"}".formatted(signature)),
        Genuine.utf8(
            "{\"signature\":\"%s\",\"x\":[1,{}], \"tcbInfo\" : {\"\u00e9\":1e3} }\n"
                .formatted(signature)));
  }

  private static void read(Bytes bytes) throws SignedJson.NotSigned {
    SignedJson signed = SignedJson.parse(bytes, "tcbInfo");
    if (signed.signature().length() != 64 || !Genuine.text(signed.text()).endsWith("}")) {
      throw new AssertionError("signed JSON that cannot be: " + signed);
    }
  }
}
