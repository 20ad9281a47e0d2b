package network.calimero.tee.dcap;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.collateral.SignedDocument;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Signed documents of a scenario, changed and signed again. */
final class Documents {
  private Documents() {}

  /** The same collateral with TCB info changed before it is signed. */
  static SimulatedCollateral tcbInfo(SimulatedCollateral collateral, UnaryOperator<String> change) {
    return resigned(
        collateral, SimulatedCollateral.TCB_INFO, SimulatedCollateral.TCB_INFO_SIGNATURE, change);
  }

  /** The same collateral with QE identity changed before it is signed. */
  static SimulatedCollateral qeIdentity(
      SimulatedCollateral collateral, UnaryOperator<String> change) {
    return resigned(
        collateral,
        SimulatedCollateral.QE_IDENTITY,
        SimulatedCollateral.QE_IDENTITY_SIGNATURE,
        change);
  }

  private static SimulatedCollateral resigned(
      SimulatedCollateral collateral, String document, String by, UnaryOperator<String> change) {
    String text = change.apply(collateral.get(document));
    return collateral.with(document, text).with(by, signature(text, Scenario.PKI.tcbSigning()));
  }

  static String signature(String text, SimulatedCertificate signer) {
    return SignedDocument.sign(text, signer.key()).signature();
  }

  /** A change of the tree as a change of the text. */
  static UnaryOperator<String> tree(Consumer<ObjectNode> change) {
    return text -> {
      ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(text);
      change.accept(root);
      return root.toString();
    };
  }
}
