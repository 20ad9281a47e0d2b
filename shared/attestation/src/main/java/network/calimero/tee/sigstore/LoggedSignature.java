package network.calimero.tee.sigstore;

import network.calimero.tee.bytes.Bytes;

/** A detached signature together with the entry that the log has of it, looked up by somebody. */
public record LoggedSignature(DetachedSignature detached, LogEntry entry) implements SignedBy {

  @Override
  public Form form() {
    return Form.DETACHED;
  }

  @Override
  public Bytes signature() {
    return detached.signature();
  }

  @Override
  public Bytes certificate() {
    return detached.certificate();
  }
}
