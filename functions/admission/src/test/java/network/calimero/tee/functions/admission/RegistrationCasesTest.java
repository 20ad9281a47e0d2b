package network.calimero.tee.functions.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.functions.admission.Node.changed;
import static network.calimero.tee.functions.admission.Node.quoteOf;
import static network.calimero.tee.functions.admission.Scene.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.testkit.CaseTable;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.releases.Registers;
import network.calimero.tee.simulator.releases.SimulatedRelease;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RegistrationCasesTest {
  private static final Path ROOT = Path.of(System.getProperty("mero.root"));
  private static final String MRTDS = "published-mrtds.json";
  private static final String CLAIMED = "ADMISSION_ALLOW_CLAIMED";
  private static final String CONSTANT = "ADMISSION_REGISTRATION_CONSTANT";

  private final Map<String, CaseTable.Attempt> attempts = new LinkedHashMap<>();
  private final Node node = new Node(Fleet.node());
  private final Node withCsr = new Node("12D3KooWPeer", Fleet.node(), Optional.of("AAEC"));
  private final ObjectNode good = node.registers("c-1");

  /** What is done to the world before a call. */
  private interface World {
    void change(Scene scene) throws Exception;
  }

  private static String asked(ObjectNode body, String... settings) throws Exception {
    return asked(body, scene -> {}, settings);
  }

  private static String asked(ObjectNode body, World world, String... settings) throws Exception {
    try (Scene scene = new Scene(settings)) {
      world.change(scene);
      return outcome(scene.ask(body));
    }
  }

  private static String askedRaw(String body) throws Exception {
    try (Scene scene = new Scene()) {
      return outcome(scene.ask(body));
    }
  }

  private static Consumer<ObjectNode> put(String field, String value) {
    return body -> body.put(field, value);
  }

  private void of(String name, TdImage image) {
    attempts.put(name, () -> asked(new Node(Fleet.PLATFORM.launch(image)).registers("c")));
  }

  private void but(String name, Consumer<ObjectNode> change, String... settings) {
    attempts.put(name, () -> asked(changed(good, change), settings));
  }

  @Test
  void whatNodesTryMeetsWhatTheTableSays() throws Exception {
    bindings();
    machines();
    statements();
    words();
    outages();
    assertThat(CaseTable.read(ROOT, "Registrations of nodes").differences(attempts)).isEmpty();
  }

  private void bindings() {
    ObjectNode attest = node.registersByAttest("c-1");
    ObjectNode others = new Node("12D3KooWOther", Fleet.node(), Optional.empty()).registers("c-1");
    byte[] transport = new byte[32];
    transport[31] = 1;
    but("a registration as the newest sidecar makes it", body -> {});
    attempts.put("the same with a certificate request", () -> asked(withCsr.registers("c-1")));
    attempts.put("a quote of public `attest`: zeros after h", () -> asked(attest));
    attempts.put("the same, claims enabled", () -> asked(attest, CLAIMED, "true"));
    attempts.put(
        "h and the hash of a transport key, as `attest` makes it",
        () -> asked(node.registration("c-1", Bytes.of(transport))));
    but("no registration constant is set", body -> {}, CONSTANT, "");
    attempts.put(
        "no registration constant is set, claims enabled, zeros after h",
        () -> asked(attest, CONSTANT, "", CLAIMED, "true"));
    but("the quote of another node", put("quote", quoteOf(others)));
    but(
        "the quote of another node, claims enabled",
        put("quote", quoteOf(others)),
        CLAIMED,
        "true");
    but("a quote for an older challenge", put("quote", quoteOf(node.registers("c-0"))));
    attempts.put(
        "another certificate request than quoted",
        () -> asked(changed(withCsr.registers("c-1"), put("csr", "AAED"))));
    attempts.put(
        "the certificate request left out",
        () -> asked(changed(withCsr.registers("c-1"), body -> body.remove("csr"))));
    but("a certificate request beside a quote without", put("csr", "AAEC"));
    but("another relay than quoted", put("relay_url", "https://evil.example"));
    but("another account than quoted", put("executor_account", "ff"));
    but("a quote without a challenge", body -> body.remove("challenge"));
    but(
        "fields moved over their border",
        body -> body.put("peer_id", "12D3KooWPeer|abababab").put("executor_account", ""));
    but("a challenge with a separator", put("challenge", "c|1"));
  }

  private void machines() {
    TdImage image = Fleet.image(Profile.LOCKED_READ_ONLY);
    SimulatedTdxMachine debug = Fleet.PLATFORM.launch(Fleet.image(Profile.DEBUG));
    SimulatedTdxMachine extended = Fleet.node();
    extended.extend(3, new byte[48]);
    of("a debug TD", image.debug());
    of("an image that nobody published", TdImage.named("own"));
    of("RTMR2 of one profile, the rest of another", image.withRtmr(2, debug.rtmr(2)));
    of("an image of a profile that is not trusted", Fleet.image(Profile.DEBUG));
    attempts.put(
        "the published image, RTMR3 extended once more",
        () -> asked(new Node(extended).registers("c")));
    attempts.put(
        "an out-of-date platform",
        () -> asked(new Node(Fleet.OUT_OF_DATE.launch(image)).registers("c")));
    attempts.put(
        "a platform that Intel does not know",
        () -> asked(new Node(Fleet.FORGED.launch(image)).registers("c")));
    but("a quote with one register changed", this::spoil);
    byte[] enclave = Fleet.PLATFORM.loadEnclave("vault").quote(new byte[64]);
    but("the quote of an enclave", put("quote", Base64.getEncoder().encodeToString(enclave)));
    but("text for a quote", put("quote", "quote"));
    String quote = quoteOf(good);
    but("half a quote", put("quote", quote.substring(0, quote.length() / 8 * 4)));
    attempts.put(
        "profiles that measure alike",
        () -> asked(good, scene -> scene.releases.serveNothing().serve(Twins.RELEASE)));
    attempts.put(
        "an image that another trusted release has as debug",
        () ->
            asked(
                good,
                scene -> scene.releases.serve(Twins.ELSEWHERE),
                "ADMISSION_RELEASES",
                Fleet.OLDER + "," + Fleet.VERSION));
  }

  /** Releases whose profiles nobody can tell apart. */
  private static final class Twins {
    static final SimulatedRelease RELEASE = release(Fleet.VERSION, Profile.values());
    static final SimulatedRelease ELSEWHERE = release(Fleet.OLDER, Profile.DEBUG);

    /** One that has the trusted image as each of those profiles. */
    private static SimulatedRelease release(String version, Profile... profiles) {
      Map<Profile, Registers> nodes = new EnumMap<>(Profile.class);
      for (Profile profile : profiles) {
        nodes.put(profile, Registers.of(Fleet.node()));
      }
      return Fleet.release(version, nodes);
    }
  }

  private void spoil(ObjectNode body) {
    byte[] quote = Base64.getDecoder().decode(quoteOf(body));
    quote[48 + 136] ^= 1; // the first byte of MRTD
    body.put("quote", Base64.getEncoder().encodeToString(quote)).remove("mrtd");
  }

  private void statements() {
    String both = "debug, locked-read-only";
    but("another MRTD than measured", put("mrtd", "00".repeat(48)));
    but("a release that is not trusted", put("release", "2.3.40"));
    but("a release that is none", put("release", "latest"));
    but("a profile that is not trusted", put("profile", "debug"));
    but("a profile that is none", put("profile", "production"));
    but("another profile than runs", put("profile", "debug"), "ADMISSION_PROFILES", both);
    but(
        "the release and profile that run",
        b -> b.put("release", Fleet.VERSION).put("profile", "locked-read-only"));
    but("no peer ID", body -> body.remove("peer_id"));
    but("an empty peer ID", put("peer_id", ""));
    but("a number for a quote", body -> body.put("quote", 1));
    but("a challenge of 2000 characters", put("challenge", "c".repeat(2000)));
    ObjectNode asked = new Node("12D3?", Fleet.node(), Optional.empty()).registers("c");
    attempts.put(
        "half a surrogate in a field, quoted as a question mark",
        () -> askedRaw(asked.toString().replace("12D3?", "12D3\\ud800")));
  }

  private void words() {
    ObjectNode word = node.says("c");
    attempts.put("its own word, a published MRTD", () -> asked(word));
    attempts.put(
        "its own word, a published MRTD, claims enabled", () -> asked(word, CLAIMED, "true"));
    claims("another MRTD, claims enabled", "00".repeat(48));
    claims("an MRTD that is none, claims enabled", "unknown");
    claims("neither MRTD nor quote, claims enabled", "");
  }

  private void claims(String name, String mrtd) {
    ObjectNode word = changed(node.says("c"), put("mrtd", mrtd));
    attempts.put(name, () -> asked(word, CLAIMED, "true"));
  }

  private void outages() {
    HttpFault down = new HttpFault.Status(503);
    ObjectNode old = changed(good, put("quote", quoteOf(node.registers("c-0"))));
    in("Intel's service down", scene -> scene.intel.fault("", down));
    in("TCB info that Intel did not sign", scene -> scene.intel.fault("/tcb?", forged()));
    in("the release host down", scene -> scene.releases.fault(".json", down));
    attempts.put(
        "the release host down, a quote for an older challenge",
        () -> asked(old, scene -> scene.releases.fault(".json", down)));
    in("measurements that are not published", scene -> scene.releases.serveNothing());
    in(
        "measurements changed after signing",
        scene -> scene.releases.serve(Fleet.RELEASE.change(MRTDS, RegistrationCasesTest::spaced)));
    in(
        "measurements of another version, properly signed",
        scene ->
            scene.releases.serve(Fleet.RELEASE.resignJson(MRTDS, it -> it.put("tag", "2.3.70"))));
    attempts.put(
        "an older trusted release that does not verify",
        () ->
            asked(
                good,
                scene ->
                    scene.releases.serve(
                        Fleet.OLDER_RELEASE.change(MRTDS, RegistrationCasesTest::spaced)),
                "ADMISSION_RELEASES",
                Fleet.OLDER + "," + Fleet.VERSION));
  }

  private void in(String name, World world) {
    attempts.put(name, () -> asked(good, world));
  }

  private static HttpFault forged() {
    return new HttpFault.ChangeBody(body ->
        new String(body, UTF_8)
            .replace("OutOfDate", "UpToDate")
            .replace("\"id\":\"TDX\"", "\"id\":\"TDX\",\"x\":1")
            .getBytes(UTF_8));
  }

  private static byte[] spaced(byte[] content) {
    return (new String(content, UTF_8) + " ").getBytes(UTF_8);
  }
}
