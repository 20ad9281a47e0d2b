package network.calimero.tee.simulator.collateral;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.SimulatedKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A TCB info before it is signed: version 3 for TDX and SGX, version 2 for SGX. Fields have
 * setters; anything else is changed in the JSON tree or the text. Mutable builder.
 */
public final class TcbInfo {
  private static final int FIRST_VERSION_WITH_ID = 3;

  private String id;
  private int version = 3;
  private Instant issueDate;
  private Instant nextUpdate;
  private String fmspc;
  private String pceId = "0000";
  private int tcbType;
  private int evaluationDataNumber = 20;
  private boolean tdxModule;
  private String moduleMrSigner = "00".repeat(48);
  private String moduleAttributes = "00".repeat(8);
  private String moduleAttributesMask = "FF".repeat(8);
  private @Nullable List<TdxModuleIdentity> moduleIdentities;
  private List<TcbLevel> levels = List.of();
  private Consumer<ObjectNode> tree = node -> {};
  private UnaryOperator<String> text = UnaryOperator.identity();

  private TcbInfo(String id, String fmspc, Instant issueDate, Instant nextUpdate) {
    this.id = id;
    this.fmspc = fmspc;
    this.issueDate = issueDate;
    this.nextUpdate = nextUpdate;
    this.tdxModule = id.equals("TDX");
  }

  /** A version 3 document for TDX, with {@code tdxModule} and no levels yet. */
  public static TcbInfo tdx(String fmspc, Instant issueDate, Instant nextUpdate) {
    return new TcbInfo("TDX", fmspc, issueDate, nextUpdate);
  }

  /** A version 3 document for SGX with no levels yet. */
  public static TcbInfo sgx(String fmspc, Instant issueDate, Instant nextUpdate) {
    return new TcbInfo("SGX", fmspc, issueDate, nextUpdate);
  }

  /** {@code TDX} or {@code SGX}. */
  public TcbInfo id(String value) {
    id = value;
    return this;
  }

  /** 3, or 2, which is written the old way: no id, components by name. */
  public TcbInfo version(int value) {
    version = value;
    return this;
  }

  /** Issue date and next update. */
  public TcbInfo dates(Instant issued, Instant next) {
    issueDate = issued;
    nextUpdate = next;
    return this;
  }

  /** 6 bytes in hex. */
  public TcbInfo fmspc(String hex) {
    fmspc = hex;
    return this;
  }

  /** 2 bytes in hex. */
  public TcbInfo pceId(String hex) {
    pceId = hex;
    return this;
  }

  /** 0 in every real document. */
  public TcbInfo tcbType(int value) {
    tcbType = value;
    return this;
  }

  /** The number of the TCB recovery that this document belongs to. */
  public TcbInfo evaluationDataNumber(int value) {
    evaluationDataNumber = value;
    return this;
  }

  /** What {@code tdxModule} says, in hex; also puts it into a document that had none. */
  public TcbInfo tdxModule(String mrSigner, String attributes, String mask) {
    tdxModule = true;
    moduleMrSigner = mrSigner;
    moduleAttributes = attributes;
    moduleAttributesMask = mask;
    return this;
  }

  /** Leaves {@code tdxModule} out. */
  public TcbInfo withoutTdxModule() {
    tdxModule = false;
    return this;
  }

  /** The module identities; an empty list is written as such, null leaves the field out. */
  public TcbInfo moduleIdentities(@Nullable List<TdxModuleIdentity> identities) {
    moduleIdentities = identities == null ? null : List.copyOf(identities);
    return this;
  }

  /** The levels in the order in which they are written. */
  public TcbInfo levels(List<TcbLevel> values) {
    levels = List.copyOf(values);
    return this;
  }

  /** Changes every level. */
  public TcbInfo eachLevel(UnaryOperator<TcbLevel> change) {
    return levels(levels.stream().map(change).toList());
  }

  /** The levels as they stand. */
  public List<TcbLevel> levels() {
    return levels;
  }

  /** Changes the JSON tree before it is written and signed. */
  public TcbInfo tree(Consumer<ObjectNode> change) {
    tree = tree.andThen(change);
    return this;
  }

  /** Changes the text before it is signed. */
  public TcbInfo text(UnaryOperator<String> change) {
    UnaryOperator<String> before = text;
    text = t -> change.apply(before.apply(t));
    return this;
  }

  /** Writes the document and signs its text. */
  public SignedDocument sign(SimulatedKey key) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    if (version >= FIRST_VERSION_WITH_ID) {
      root.put("id", id);
    }
    root.put("version", version)
        .put("issueDate", Json.time(issueDate))
        .put("nextUpdate", Json.time(nextUpdate))
        .put("fmspc", fmspc)
        .put("pceId", pceId)
        .put("tcbType", tcbType)
        .put("tcbEvaluationDataNumber", evaluationDataNumber);
    writeModule(root);
    ArrayNode array = root.putArray("tcbLevels");
    for (TcbLevel level : levels) {
      ObjectNode entry = array.addObject();
      writeTcb(entry.putObject("tcb"), level);
      Json.status(entry, level.tcbDate(), level.status(), level.advisoryIds());
    }
    tree.accept(root);
    return SignedDocument.sign(text.apply(root.toString()), key);
  }

  private void writeModule(ObjectNode root) {
    if (tdxModule) {
      root.putObject("tdxModule")
          .put("mrsigner", moduleMrSigner)
          .put("attributes", moduleAttributes)
          .put("attributesMask", moduleAttributesMask);
    }
    if (moduleIdentities == null) {
      return;
    }
    ArrayNode array = root.putArray("tdxModuleIdentities");
    for (TdxModuleIdentity identity : moduleIdentities) {
      ObjectNode entry = array.addObject();
      entry
          .put("id", identity.id())
          .put("mrsigner", identity.mrSigner())
          .put("attributes", identity.attributes())
          .put("attributesMask", identity.attributesMask());
      Json.svnLevels(entry.putArray("tcbLevels"), identity.levels());
    }
  }

  private void writeTcb(ObjectNode tcb, TcbLevel level) {
    if (version < FIRST_VERSION_WITH_ID) {
      for (int i = 0; i < level.sgx().size(); i++) {
        tcb.put("sgxtcbcomp%02dsvn".formatted(i + 1), level.sgx().get(i));
      }
      tcb.put("pcesvn", level.pceSvn());
      return;
    }
    TcbComponents.writeSgx(tcb.putArray("sgxtcbcomponents"), level.sgx());
    tcb.put("pcesvn", level.pceSvn());
    if (id.equals("TDX")) {
      TcbComponents.writeTdx(tcb.putArray("tdxtcbcomponents"), level.tdx());
    }
  }
}
