package network.calimero.tee.kms.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.pcs.CollateralStatus;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.keys.KeyDeriver;

/**
 * What a key server needs from the world around it.
 *
 * @param keys where keys are from
 * @param quotes where quotes about itself are from
 * @param backend whether those two can be reached
 * @param verifier believes the root that it was made with
 * @param collateral what it verifies against
 * @param collateralStatus what of it is at hand, for readiness
 * @param random for challenges
 */
public record KmsPorts(
    KeyDeriver keys,
    QuoteSource quotes,
    BackendProbe backend,
    DcapVerifier verifier,
    CollateralSource collateral,
    Supplier<CollateralStatus> collateralStatus,
    InstantSource clock,
    SecureRandom random) {}
