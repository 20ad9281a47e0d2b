package network.calimero.tee.collateral.pcs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import network.calimero.tee.simulator.http.HttpFault;

/** Holds back a server's answers until opened, and tells when requests have arrived at it. */
final class Gate extends CompletableFuture<Void> {
  private final Semaphore arrived = new Semaphore(0);

  HttpFault fault() {
    return new HttpFault.Delay(this);
  }

  @Override
  public CompletableFuture<Void> toCompletableFuture() {
    arrived.release();
    return this;
  }

  void awaitRequests(int count) {
    arrived.acquireUninterruptibly(count);
  }

  void open() {
    complete(null);
  }
}
