package network.calimero.tee.collateral.pcs;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.dcap.PckAuthority;
import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;

/** A piece of collateral as PCS v4 serves it: what it is asked for by, and where. */
sealed interface Item {
  /** The name of it, for people. */
  String title();

  /** Whether every platform needs it, whatever its type. */
  default boolean isForAll() {
    return this instanceof RootCrl
        || (this instanceof QeIdentity(TeeType tee) && tee == TeeType.TDX);
  }

  /** What to do if a server does not have it. */
  default String adviceIfMissing() {
    return this instanceof TcbInfo
        ? Code.NOT_FOUND.advice()
        : "every PCS and PCCS has it: check that the address is the base URL of one (v4), or name"
            + " Intel's PCS beside it";
  }

  /** Where a server has it. */
  URI at(PcsBase base);

  /** The headers one of which carries its issuer chain; none if the verifier needs none. */
  List<String> chainHeaders();

  /** The root's CRL, the same for all. */
  record RootCrl() implements Item {
    @Override
    public String title() {
      return "the root CRL";
    }

    @Override
    public URI at(PcsBase base) {
      return base.rootCrl();
    }

    @Override
    public List<String> chainHeaders() {
      return List.of();
    }
  }

  /** The CRL of one of the two PCK authorities. */
  record PckCrl(PckAuthority authority) implements Item {
    @Override
    public String title() {
      return "the PCK CRL of the " + authority.issuer().pcsName() + " CA";
    }

    @Override
    public URI at(PcsBase base) {
      return URI.create(
          base.url()
              + PcsBase.SGX_PATH
              + "/pckcrl?ca="
              + authority.issuer().pcsName()
              + "&encoding=der");
    }

    @Override
    public List<String> chainHeaders() {
      return List.of("SGX-PCK-CRL-Issuer-Chain");
    }
  }

  /** TCB info of one platform type. */
  record TcbInfo(TeeType tee, Fmspc fmspc) implements Item {
    @Override
    public String title() {
      return tee + " TCB info of FMSPC " + fmspc.hex();
    }

    @Override
    public URI at(PcsBase base) {
      // Upper case as Intel writes it: some servers look it up by text.
      String hex = fmspc.hex().toUpperCase(Locale.ROOT);
      return URI.create(base.url() + path(tee) + "/tcb?fmspc=" + hex);
    }

    @Override
    public List<String> chainHeaders() {
      return List.of("TCB-Info-Issuer-Chain", "SGX-TCB-Info-Issuer-Chain");
    }
  }

  /** The identity of the quoting enclave. */
  record QeIdentity(TeeType tee) implements Item {
    @Override
    public String title() {
      return "the " + tee + " QE identity";
    }

    @Override
    public URI at(PcsBase base) {
      return URI.create(base.url() + path(tee) + "/qe/identity");
    }

    @Override
    public List<String> chainHeaders() {
      return List.of("SGX-Enclave-Identity-Issuer-Chain");
    }
  }

  private static String path(TeeType tee) {
    return switch (tee) {
      case SGX -> PcsBase.SGX_PATH;
      case TDX -> PcsBase.TDX_PATH;
    };
  }
}
