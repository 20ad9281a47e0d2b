package network.calimero.tee.dcap;

import static network.calimero.tee.simulator.collateral.SimulatedCollateral.QE_IDENTITY_SIGNATURE;
import static network.calimero.tee.simulator.collateral.SimulatedCollateral.TCB_INFO_SIGNATURE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * TCB info and QE identity, well signed, with each field in turn missing, of another type, of
 * another size or of a value that it cannot have; and the same documents badly signed.
 */
class DocumentFaultsTest {

  /** A document: how it is changed and signed again, and what it is called when it is malformed. */
  private enum Document {
    TCB_INFO("TCB info", FailureCode.TCB_INFO_MALFORMED),
    QE_IDENTITY("QE identity", FailureCode.QE_IDENTITY_MALFORMED);

    private final String title;
    private final FailureCode malformed;

    Document(String title, FailureCode malformed) {
      this.title = title;
      this.malformed = malformed;
    }

    Fault text(String name, String cause, UnaryOperator<String> change) {
      return new Fault(
          title + ": " + name,
          malformed,
          cause,
          s ->
              s.collateral(c ->
                  switch (this) {
                    case TCB_INFO -> Documents.tcbInfo(c, change);
                    case QE_IDENTITY -> Documents.qeIdentity(c, change);
                  }));
    }

    Fault tree(String name, String cause, Consumer<ObjectNode> change) {
      return text(name, cause, Documents.tree(change));
    }
  }

  /** An object inside a document, in which fields are changed. */
  private record Place(Document document, String path) {
    List<Fault> text(String key) {
      String cause = quoted(key) + " is not a text";
      return List.of(
          without(key, cause),
          with(key, "a number", cause, (node, k) -> node.put(k, 7)),
          with(key, "null", cause, (node, k) -> node.putNull(k)),
          with(key, "an object", cause, (node, k) -> node.putObject(k)));
    }

    List<Fault> hex(String key, int bytes) {
      String size = quoted(key) + " is not " + bytes + " bytes in hex";
      List<Fault> faults = new ArrayList<>(text(key));
      for (String wrong : List.of("", "00".repeat(bytes - 1), "00".repeat(bytes + 1), "0")) {
        faults.add(value(key, wrong, size));
      }
      String digits = "0".repeat(2 * bytes - 1);
      faults.add(value(key, digits + "g", quoted(key) + " is not hex"));
      faults.add(value(key, digits + " ", quoted(key) + " is not hex"));
      faults.add(value(key, digits + "\uff11", quoted(key) + " is not hex"));
      return faults;
    }

    List<Fault> time(String key) {
      List<Fault> faults = new ArrayList<>(text(key));
      List<String> wrong =
          List.of(
              "",
              "yesterday",
              "2026-03-01",
              "2026-03-01T12:00:00",
              "2026-03-01T12:00Z",
              "2026-03-01T12:00:00.0Z",
              "2026-03-01T12:00:00+00:00",
              "2026-03-01T12:00:00+01",
              "2026-03-01 12:00:00Z",
              "2026-03-01t12:00:00z",
              "2026-02-30T12:00:00Z",
              "2026-03-01T24:00:01Z",
              "+99999-03-01T12:00Z",
              "\u0662026-03-01T12:00:00Z",
              "03/01/2026 12:00:00Z");
      for (String text : wrong) {
        faults.add(value(key, text, quoted(key) + " is not a time like 2026-01-31T23:59:59Z"));
      }
      return faults;
    }

    List<Fault> number(String key, int max) {
      String cause = quoted(key) + " is not a whole number";
      List<Fault> faults =
          new ArrayList<>(
              List.of(
                  without(key, cause),
                  with(key, "a text", cause, (node, k) -> node.put(k, "1")),
                  with(key, "a fraction", cause, (node, k) -> node.put(k, 1.5)),
                  with(key, "true", cause, (node, k) -> node.put(k, true)),
                  with(key, "2 to the 31st", cause, (node, k) -> node.put(k, 1L << 31)),
                  with(key, "negative", "is -1, outside 0 to ", (node, k) -> node.put(k, -1))));
      if (max < Integer.MAX_VALUE) {
        faults.add(
            with(
                key,
                "too large",
                "%s is %d, outside 0 to %d".formatted(quoted(key), max + 1, max),
                (node, k) -> node.put(k, max + 1)));
      }
      return faults;
    }

    List<Fault> objects(String key) {
      String cause = quoted(key) + " is not a list of 1 to 1024";
      String inside = quoted(key) + " holds something else than objects";
      return List.of(
          without(key, cause),
          with(key, "an object", cause, (node, k) -> node.putObject(k)),
          with(key, "a text", cause, (node, k) -> node.put(k, "[]")),
          with(key, "an empty list", cause, (node, k) -> node.putArray(k)),
          with(key, "1025 elements", cause, (node, k) -> fill(node.putArray(k), 1025)),
          with(key, "a list of texts", inside, (node, k) -> node.putArray(k).add("x")),
          with(key, "a list of lists", inside, (node, k) -> node.putArray(k).addArray()));
    }

    List<Fault> object(String key) {
      String cause = quoted(key) + " is not an object";
      return List.of(
          without(key, cause),
          with(key, "a text", cause, (node, k) -> node.put(k, "{}")),
          with(key, "a list", cause, (node, k) -> node.putArray(k)));
    }

    List<Fault> status() {
      List<Fault> faults = new ArrayList<>(text("tcbStatus"));
      for (String unknown : List.of("", "uptodate", "UpToDate ", "Fine", "TDRelaunchMaybe")) {
        faults.add(value("tcbStatus", unknown, "unknown TCB status " + quoted(unknown)));
      }
      return faults;
    }

    List<Fault> advisories() {
      String cause = quoted("advisoryIDs") + " is not a list of texts";
      return List.of(
          with("advisoryIDs", "a text", cause, (node, k) -> node.put(k, "INTEL-SA-00001")),
          with("advisoryIDs", "an object", cause, (node, k) -> node.putObject(k)),
          with("advisoryIDs", "null", cause, (node, k) -> node.putNull(k)),
          with("advisoryIDs", "numbers", cause, (node, k) -> node.putArray(k).add(615)));
    }

    Fault value(String key, String text, String cause) {
      return with(key, quoted(text), cause, (node, k) -> node.put(k, text));
    }

    Fault without(String key, String cause) {
      return with(key, "missing", cause, (node, k) -> node.remove(k));
    }

    Fault with(String key, String what, String cause, BiConsumer<ObjectNode, String> change) {
      return document.tree(
          (path + "/" + key + ": " + what).substring(1),
          cause,
          root -> change.accept((ObjectNode) root.at(path), key));
    }

    private static void fill(ArrayNode array, int count) {
      for (int i = 0; i < count; i++) {
        array.addObject();
      }
    }

    private static String quoted(String text) {
      return '"' + text + '"';
    }
  }

  @ParameterizedTest
  @MethodSource({"texts", "headers", "levels", "modules", "identities", "signatures"})
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> texts() {
    return Stream.of(Document.values())
        .flatMap(document ->
            Stream.of(
                document.text("empty", "not a JSON object", t -> ""),
                document.text("white space", "not a JSON object", t -> " \n"),
                document.text("no JSON", "not JSON: ", t -> "TCB"),
                document.text("null", "not a JSON object", t -> "null"),
                document.text("a text", "not a JSON object", t -> "\"{}\""),
                document.text("a list", "not a JSON object", t -> "[" + t + "]"),
                document.text("cut short", "not JSON: ", t -> t.substring(0, t.length() - 1)),
                document.text("another object after it", "not JSON: ", t -> t + "{}"),
                document.text("a comment", "not JSON: ", t -> "/* */" + t),
                document.text("single quotes", "not JSON: ", t -> t.replace('"', '\'')),
                document.text("a comma too many", "not JSON: ", t -> t.replaceFirst("}$", ",}")),
                document.text(
                    "a key twice",
                    "not JSON: Duplicate Object property \"version\"",
                    t -> t.replaceFirst("\\{", "{\"version\":3,")),
                document.text(
                    "a key twice, deep inside",
                    "not JSON: Duplicate Object property \"tcbStatus\"",
                    t ->
                        t.replaceFirst("\"tcbStatus\"", "\"tcbStatus\":\"Revoked\",\"tcbStatus\"")),
                document.text(
                    "a key twice, once spelt with an escape",
                    "not JSON: Duplicate Object property \"version\"",
                    t -> t.replaceFirst("\\{", "{\"versi\\\\u006fn\":3,")),
                document.text(
                    "nested too deeply",
                    "not JSON: ",
                    t -> t.replaceFirst("\\{", "{\"x\":" + "[".repeat(17) + "]".repeat(17) + ",")),
                document.text(
                    "more than 1 MiB",
                    "document of 1048577 bytes",
                    t -> t + " ".repeat(1_048_577 - t.length()))));
  }

  static Stream<Fault> headers() {
    Place info = new Place(Document.TCB_INFO, "");
    Place identity = new Place(Document.QE_IDENTITY, "");
    return Stream.of(
            info.text("id"),
            List.of(
                info.value("id", "QE", "TCB info with id \"QE\""),
                info.value("id", "tdx", "TCB info with id \"tdx\""),
                info.value("id", "", "TCB info with id \"\"")),
            info.number("version", Integer.MAX_VALUE),
            List.of(
                info.with("version", "1", "of version 1", (node, k) -> node.put(k, 1)),
                info.with("version", "4", "of version 4", (node, k) -> node.put(k, 4)),
                info.with(
                    "version",
                    "2, which is for SGX, with a TDX module",
                    "TCB info for SGX speaks of a TDX module",
                    (node, k) -> node.put(k, 2))),
            info.number("tcbType", Integer.MAX_VALUE),
            List.of(
                info.with("tcbType", "1", "another tcbType than 0", (node, k) -> node.put(k, 1))),
            info.time("issueDate"),
            info.time("nextUpdate"),
            info.hex("fmspc", 6),
            info.hex("pceId", 2),
            info.number("tcbEvaluationDataNumber", Integer.MAX_VALUE),
            identity.text("id"),
            identity.number("version", Integer.MAX_VALUE),
            List.of(
                identity.with("version", "1", "of version 1", (node, k) -> node.put(k, 1)),
                identity.with("version", "3", "of version 3", (node, k) -> node.put(k, 3))),
            identity.time("issueDate"),
            identity.time("nextUpdate"),
            identity.number("tcbEvaluationDataNumber", Integer.MAX_VALUE),
            identity.hex("miscselect", 4),
            identity.hex("miscselectMask", 4),
            identity.hex("attributes", 16),
            identity.hex("attributesMask", 16),
            identity.hex("mrsigner", 32),
            identity.number("isvprodid", 65_535))
        .flatMap(List::stream);
  }

  static Stream<Fault> levels() {
    Place info = new Place(Document.TCB_INFO, "");
    Place level = new Place(Document.TCB_INFO, "/tcbLevels/1");
    Place tcb = new Place(Document.TCB_INFO, "/tcbLevels/1/tcb");
    return Stream.of(
            info.objects("tcbLevels"),
            level.object("tcb"),
            level.time("tcbDate"),
            level.status(),
            List.of(
                level.value(
                    "tcbStatus",
                    "TDRelaunchAdvised",
                    "TCB status TDRelaunchAdvised in a TCB level"),
                level.value(
                    "tcbStatus",
                    "TDRelaunchAdvisedConfigurationNeeded",
                    "TCB status TDRelaunchAdvisedConfigurationNeeded in a TCB level")),
            level.advisories(),
            tcb.number("pcesvn", 65_535),
            tcb.objects("sgxtcbcomponents"),
            tcb.objects("tdxtcbcomponents"),
            counts(tcb, "sgxtcbcomponents"),
            counts(tcb, "tdxtcbcomponents"),
            new Place(Document.TCB_INFO, "/tcbLevels/1/tcb/sgxtcbcomponents/0").number("svn", 255),
            new Place(Document.TCB_INFO, "/tcbLevels/1/tcb/sgxtcbcomponents/15").number("svn", 255),
            new Place(Document.TCB_INFO, "/tcbLevels/1/tcb/tdxtcbcomponents/15").number("svn", 255),
            List.of(
                Document.TCB_INFO.tree(
                    "a level twice",
                    "two TCB levels with the same SVNs",
                    root -> copyLevel(root, "UpToDate")),
                Document.TCB_INFO.tree(
                    "a level twice with different statuses",
                    "two TCB levels with the same SVNs",
                    root -> copyLevel(root, "Revoked"))))
        .flatMap(List::stream);
  }

  private static List<Fault> counts(Place tcb, String key) {
    List<Fault> faults = new ArrayList<>();
    for (int count : new int[] {1, 15, 17, 1024}) {
      faults.add(
          tcb.with(
              key,
              count + " components",
              "\"%s\" has %d components, not 16".formatted(key, count),
              (node, k) -> Place.fill(node.putArray(k), count)));
    }
    return faults;
  }

  private static void copyLevel(ObjectNode root, String status) {
    ArrayNode levels = (ArrayNode) root.get("tcbLevels");
    levels.add(((ObjectNode) levels.get(0)).deepCopy().put("tcbStatus", status));
  }

  static Stream<Fault> modules() {
    Place info = new Place(Document.TCB_INFO, "");
    Place module = new Place(Document.TCB_INFO, "/tdxModule");
    Place identity = new Place(Document.TCB_INFO, "/tdxModuleIdentities/0");
    Place level = new Place(Document.TCB_INFO, "/tdxModuleIdentities/0/tcbLevels/0");
    List<Fault> identities = new ArrayList<>(info.objects("tdxModuleIdentities"));
    identities.removeFirst(); // they may be missing
    return Stream.of(
            info.object("tdxModule"),
            module.hex("mrsigner", 48),
            module.hex("attributes", 8),
            module.hex("attributesMask", 8),
            identities,
            identity.text("id"),
            identity.hex("mrsigner", 48),
            identity.hex("attributes", 8),
            identity.hex("attributesMask", 8),
            identity.objects("tcbLevels"),
            level.object("tcb"),
            level.time("tcbDate"),
            level.status(),
            level.advisories(),
            new Place(Document.TCB_INFO, "/tdxModuleIdentities/0/tcbLevels/0/tcb")
                .number("isvsvn", 65_535),
            List.of(
                Document.TCB_INFO.tree(
                    "an identity twice",
                    "TDX module identity \"TDX_03\" is there twice",
                    root -> copyModule(root, "TDX_03")),
                Document.TCB_INFO.tree(
                    "an identity twice, once in small letters",
                    "TDX module identity \"TDX_03\" is there twice",
                    root -> copyModule(root, "tdx_03")),
                Document.TCB_INFO.tree(
                    "a module's level twice",
                    "two TCB levels with ISV SVN 5",
                    root -> copyIsvLevel((ObjectNode) root.at("/tdxModuleIdentities/1")))))
        .flatMap(List::stream);
  }

  private static void copyModule(ObjectNode root, String id) {
    ArrayNode identities = (ArrayNode) root.get("tdxModuleIdentities");
    identities.add(((ObjectNode) identities.get(0)).deepCopy().put("id", id));
  }

  private static void copyIsvLevel(ObjectNode parent) {
    ArrayNode levels = (ArrayNode) parent.get("tcbLevels");
    levels.add(levels.get(0).deepCopy());
  }

  static Stream<Fault> identities() {
    Place identity = new Place(Document.QE_IDENTITY, "");
    Place level = new Place(Document.QE_IDENTITY, "/tcbLevels/0");
    return Stream.of(
            identity.objects("tcbLevels"),
            level.object("tcb"),
            level.time("tcbDate"),
            level.status(),
            level.advisories(),
            new Place(Document.QE_IDENTITY, "/tcbLevels/0/tcb").number("isvsvn", 65_535),
            Stream.of(
                    "SWHardeningNeeded",
                    "ConfigurationAndSWHardeningNeeded",
                    "TDRelaunchAdvised",
                    "TDRelaunchAdvisedConfigurationNeeded")
                .map(status ->
                    level.value("tcbStatus", status, "TCB status " + status + " in a QE identity"))
                .toList(),
            List.of(
                Document.QE_IDENTITY.tree(
                    "a level twice",
                    "two TCB levels with ISV SVN 4",
                    DocumentFaultsTest::copyIsvLevel)))
        .flatMap(List::stream);
  }

  static Stream<Fault> signatures() {
    return Stream.concat(
        signatures(
            FailureCode.TCB_INFO_SIGNATURE_INVALID,
            "the signature does not cover these bytes of TCB info",
            SimulatedCollateral.TCB_INFO,
            TCB_INFO_SIGNATURE,
            QE_IDENTITY_SIGNATURE),
        signatures(
            FailureCode.QE_IDENTITY_SIGNATURE_INVALID,
            "the signature does not cover these bytes of QE identity",
            SimulatedCollateral.QE_IDENTITY,
            QE_IDENTITY_SIGNATURE,
            TCB_INFO_SIGNATURE));
  }

  private static Stream<Fault> signatures(
      FailureCode code, String cause, String document, String signature, String other) {
    return Stream.of(
        new Fault(
            signature + ": one bit",
            code,
            cause,
            s -> s.collateral(c -> c.change(signature, DocumentFaultsTest::flipped))),
        new Fault(
            signature + ": the other document's",
            code,
            cause,
            s -> s.collateral(c -> c.with(signature, c.get(other)))),
        new Fault(
            signature + ": empty", code, cause, s -> s.collateral(c -> c.with(signature, ""))),
        new Fault(
            signature + ": a byte short",
            code,
            cause,
            s -> s.collateral(c -> c.change(signature, hex -> hex.substring(2)))),
        new Fault(
            signature + ": a byte long",
            code,
            cause,
            s -> s.collateral(c -> c.change(signature, hex -> hex + "00"))),
        new Fault(
            signature + ": zeros",
            code,
            cause,
            s -> s.collateral(c -> c.with(signature, "00".repeat(64)))),
        new Fault(
            signature + ": by a foreign signer",
            code,
            cause,
            s ->
                s.collateral(c ->
                    c.with(
                        signature,
                        Documents.signature(c.get(document), Scenario.foreignPki().tcbSigning())))),
        new Fault(
            document + ": a space after signing",
            code,
            cause,
            s -> s.collateral(c -> c.change(document, t -> t.replaceFirst("\\{", "{ ")))),
        new Fault(
            document + ": a newline at its end after signing",
            code,
            cause,
            s -> s.collateral(c -> c.change(document, t -> t + "\n"))),
        new Fault(
            document + ": a status after signing",
            code,
            cause,
            s ->
                s.platform(p -> p.platformStatus("OutOfDate").qeStatus("OutOfDate"))
                    .collateral(
                        c -> c.change(document, t -> t.replaceAll("OutOfDate", "UpToDate")))));
  }

  private static String flipped(String hex) {
    return Bytes.hex(Bytes.flip(Bytes.unhex(hex), 63));
  }
}
