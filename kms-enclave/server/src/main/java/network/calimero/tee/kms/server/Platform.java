package network.calimero.tee.kms.server;

import network.calimero.tee.log.EventLog;

/** What a key server runs on, opened. */
public sealed interface Platform extends AutoCloseable permits DstackPlatform, TdxPlatform {

  /** What a {@link KmsServer} needs. */
  KmsPorts ports();

  /** Begins what goes on in the background, and tells what the operator must know. */
  void begin(EventLog log);

  /** Lets go of sockets and threads. */
  @Override
  void close();
}
