package network.calimero.tee.cli;

/** A command that shows or makes something and verifies nothing: its failures are no verdicts. */
interface WithoutVerdict {}
