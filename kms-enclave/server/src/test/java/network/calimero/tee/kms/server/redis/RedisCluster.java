package network.calimero.tee.kms.server.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A cluster of several servers, each with a part of the slots. */
final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts three, empty, and waits until they answer together. */
  static RedisCluster ofThree(Path folder) throws IOException {
    RedisCluster cluster = new RedisCluster();
    try {
      List<Integer> buses = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Path own = Files.createDirectory(folder.resolve("node" + i));
        buses.add(freePort());
        cluster.nodes.add(node(own, buses.get(i)));
        String first = String.valueOf(SLOTS * i / 3);
        String last = String.valueOf(SLOTS * (i + 1) / 3 - 1);
        cluster.node(i).command("CLUSTER", "ADDSLOTSRANGE", first, last);
      }
      for (int i = 1; i < 3; i++) {
        String port = String.valueOf(cluster.node(i).port());
        cluster.node(0).command("CLUSTER", "MEET", "127.0.0.1", port, String.valueOf(buses.get(i)));
      }
      cluster.nodes.forEach(RedisCluster::awaitAll);
      for (RedisServer node : cluster.nodes) {
        node.command("FLUSHALL");
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static RedisServer node(Path folder, int bus) throws IOException {
    return RedisServer.single(
        folder,
        "--cluster-enabled",
        "yes",
        "--cluster-require-full-coverage",
        "no",
        "--cluster-port",
        String.valueOf(bus));
  }

  /** Until it sends on for a key of each part. */
  private static void awaitAll(RedisServer node) {
    for (String key : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      String answer = "down";
      while (answer.toLowerCase(Locale.ROOT).contains("down")) {
        try {
          answer = node.command("SET", key, "1");
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  RedisServer node(int index) {
    return nodes.get(index);
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
