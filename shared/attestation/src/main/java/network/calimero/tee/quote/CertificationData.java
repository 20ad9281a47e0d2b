package network.calimero.tee.quote;

import java.util.Optional;
import network.calimero.tee.bytes.Bytes;

/**
 * How a quote tells where the certificate of its platform's PCK is (dcap.md, "Quote": inner types).
 * The data is as it came: none of it is decoded, and all of it may be of any length.
 */
public sealed interface CertificationData {
  /** The number that stands for this kind. */
  int type();

  /** The data as it is in the quote. */
  Bytes data();

  /**
   * Types 1 to 3: the platform by its PPID, for a service that knows its certificate.
   *
   * @param form whether and how the PPID is encrypted
   * @param data the identity, or anything else: quotes with empty data are seen and verify when the
   *     chain comes with the collateral
   */
  record Ppid(PpidForm form, Bytes data) implements CertificationData {
    @Override
    public int type() {
      return form.type();
    }

    /** The identity in the data; empty if the data has not the size of one. */
    public Optional<PlatformIdentity> identity() {
      return PlatformIdentity.read(form, data);
    }
  }

  /**
   * Type 4: the PCK's certificate, without those above it.
   *
   * @param data PEM
   */
  record PckLeaf(Bytes data) implements CertificationData {
    @Override
    public int type() {
      return 4;
    }
  }

  /**
   * Type 5: the PCK's certificate, its CA's and the root's.
   *
   * @param data PEM, often with a NUL at its end
   */
  record PckChain(Bytes data) implements CertificationData {
    @Override
    public int type() {
      return 5;
    }
  }

  /**
   * Type 7: a platform manifest, for registration. It can be looked at; no quote with it verifies.
   *
   * @param data the manifest
   */
  record PlatformManifest(Bytes data) implements CertificationData {
    @Override
    public int type() {
      return 7;
    }
  }
}
