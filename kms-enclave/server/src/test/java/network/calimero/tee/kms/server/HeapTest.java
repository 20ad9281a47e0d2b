package network.calimero.tee.kms.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import network.calimero.tee.seal.X25519KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a released key is left in the memory of the program, looked for in its heap. */
class HeapTest {
  private static final String MARK = "prefix/that/is/found/in/the/dump";

  @TempDir Path folder;

  @Test
  void neitherTheKeyNorItsTextIsLeftAfterASealedRelease() throws Exception {
    try (Surroundings around = new Surroundings();
        Serving kms = around.serve(Map.of("KEY_NAMESPACE_PREFIX", MARK));
        KmsHttp http = new KmsHttp(kms.address);
        X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom())) {
      Node node = new Node(http, around.platform.launch(Site.NODE_IMAGE));
      KmsHttp.Answer answer =
          http.post("/get-key", node.sealedRequest(node.challenge(), oneTime.publicKey()));
      byte[] key = around.app.key(MARK + "/locked-read-only/" + node.peerId(), "secp256k1");
      byte[] heap = liveObjects(kms.process);

      assertThat(answer.outcome()).as(answer.details()).isEqualTo("ok");
      assertThat(around.agent.count("GetKey")).isEqualTo(2);
      assertThat(contains(heap, ascii(MARK))).as("the dump is one").isTrue();
      assertThat(contains(heap, key)).as("the key").isFalse();
      assertThat(contains(heap, ascii(HexFormat.of().formatHex(key)))).as("its text").isFalse();
      assertThat(contains(heap, utf16(HexFormat.of().formatHex(key))))
          .as("its text in an array of characters")
          .isFalse();
    }
  }

  private byte[] liveObjects(Process process) throws IOException, InterruptedException {
    Path dump = folder.resolve("heap.hprof");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process dumping =
        new ProcessBuilder(
                jcmd.toString(), String.valueOf(process.pid()), "GC.heap_dump", dump.toString())
            .redirectErrorStream(true)
            .start();
    String said;
    try (InputStream out = dumping.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(dumping.waitFor()).as(said).isZero();
    return Files.readAllBytes(dump);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Arrays of characters are written big-endian, whatever the machine. */
  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16BE);
  }

  /** Whether the first 16 bytes of {@code wanted}, or its last 16, are somewhere in there. */
  private static boolean contains(byte[] heap, byte[] wanted) {
    return indexOf(heap, Arrays.copyOf(wanted, 16)) >= 0
        || indexOf(heap, Arrays.copyOfRange(wanted, wanted.length - 16, wanted.length)) >= 0;
  }

  private static int indexOf(byte[] heap, byte[] part) {
    for (int i = 0; i <= heap.length - part.length; i++) {
      if (heap[i] == part[0] && Arrays.equals(heap, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
