package network.calimero.tee.simulator.collateral;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.SimulatedKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * An identity of the quoting enclave before it is signed: version 2, {@code TD_QE} or {@code QE}.
 * Mutable builder.
 */
public final class QeIdentity {
  private String id;
  private int version = 2;
  private Instant issueDate;
  private Instant nextUpdate;
  private int evaluationDataNumber = 20;
  private String miscSelect = "00000000";
  private String miscSelectMask = "FFFFFFFF";
  private String attributes = "11000000000000000000000000000000";
  private String attributesMask = "FBFFFFFFFFFFFFFF0000000000000000";
  private String mrSigner;
  private int isvProdId;
  private List<SvnLevel> levels = List.of();
  private Consumer<ObjectNode> tree = node -> {};
  private UnaryOperator<String> text = UnaryOperator.identity();

  private QeIdentity(
      String id, int isvProdId, String mrSigner, Instant issueDate, Instant nextUpdate) {
    this.id = id;
    this.isvProdId = isvProdId;
    this.mrSigner = mrSigner;
    this.issueDate = issueDate;
    this.nextUpdate = nextUpdate;
  }

  /** The identity of the enclave that signs TDX quotes, with no levels yet. */
  public static QeIdentity tdx(String mrSigner, Instant issueDate, Instant nextUpdate) {
    return new QeIdentity("TD_QE", 2, mrSigner, issueDate, nextUpdate);
  }

  /** The identity of the enclave that signs SGX quotes, with no levels yet. */
  public static QeIdentity sgx(String mrSigner, Instant issueDate, Instant nextUpdate) {
    return new QeIdentity("QE", 1, mrSigner, issueDate, nextUpdate);
  }

  /** {@code TD_QE}, {@code QE}, or another. */
  public QeIdentity id(String value) {
    id = value;
    return this;
  }

  /** 2 in today's documents. */
  public QeIdentity version(int value) {
    version = value;
    return this;
  }

  /** Issue date and next update. */
  public QeIdentity dates(Instant issued, Instant next) {
    issueDate = issued;
    nextUpdate = next;
    return this;
  }

  /** The number of the TCB recovery that this document belongs to. */
  public QeIdentity evaluationDataNumber(int value) {
    evaluationDataNumber = value;
    return this;
  }

  /** 4 bytes and their mask, in hex. */
  public QeIdentity miscSelect(String value, String mask) {
    miscSelect = value;
    miscSelectMask = mask;
    return this;
  }

  /** 16 bytes and their mask, in hex. */
  public QeIdentity attributes(String value, String mask) {
    attributes = value;
    attributesMask = mask;
    return this;
  }

  /** 32 bytes in hex. */
  public QeIdentity mrSigner(String hex) {
    mrSigner = hex;
    return this;
  }

  /** The product ID. */
  public QeIdentity isvProdId(int value) {
    isvProdId = value;
    return this;
  }

  /** The levels in the order in which they are written. */
  public QeIdentity levels(List<SvnLevel> values) {
    levels = List.copyOf(values);
    return this;
  }

  /** The levels as they stand. */
  public List<SvnLevel> levels() {
    return levels;
  }

  /** Changes the JSON tree before it is written and signed. */
  public QeIdentity tree(Consumer<ObjectNode> change) {
    tree = tree.andThen(change);
    return this;
  }

  /** Changes the text before it is signed. */
  public QeIdentity text(UnaryOperator<String> change) {
    UnaryOperator<String> before = text;
    text = t -> change.apply(before.apply(t));
    return this;
  }

  /** Writes the document and signs its text. */
  public SignedDocument sign(SimulatedKey key) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("id", id)
        .put("version", version)
        .put("issueDate", Json.time(issueDate))
        .put("nextUpdate", Json.time(nextUpdate))
        .put("tcbEvaluationDataNumber", evaluationDataNumber)
        .put("miscselect", miscSelect)
        .put("miscselectMask", miscSelectMask)
        .put("attributes", attributes)
        .put("attributesMask", attributesMask)
        .put("mrsigner", mrSigner)
        .put("isvprodid", isvProdId);
    Json.svnLevels(root.putArray("tcbLevels"), levels);
    tree.accept(root);
    return SignedDocument.sign(text.apply(root.toString()), key);
  }
}
