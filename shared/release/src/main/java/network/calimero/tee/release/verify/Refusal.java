package network.calimero.tee.release.verify;

/**
 * Why a release is refused.
 *
 * @param code for programs: that of a {@link ReleaseCode}, or {@code signature_…}
 * @param subject the asset or tag that it is about
 * @param reason what is wrong
 * @param found what was found, or an empty text
 * @param expected what should have been there, or an empty text
 * @param advice what to do
 */
public record Refusal(
    String code, String subject, String reason, String found, String expected, String advice) {}
