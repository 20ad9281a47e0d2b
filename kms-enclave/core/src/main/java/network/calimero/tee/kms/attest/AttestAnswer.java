package network.calimero.tee.kms.attest;

import network.calimero.tee.quote.ReportData;

/** A quote that carries the report data that were asked for. */
public record AttestAnswer(PlatformQuote platformQuote, ReportData reportData) {}
