package network.calimero.tee.functions.api;

/**
 * What a service says of itself.
 *
 * @param name short, for logs: {@code verify}
 * @param title for people
 * @param version of this software
 * @param simulated whether it believes roots that are not Intel's, Intel Trust Authority's or
 *     Sigstore's; every answer then says so
 */
public record ServiceInfo(String name, String title, String version, boolean simulated) {}
