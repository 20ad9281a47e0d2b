/** The command line: quotes looked at and verified, a KMS checked and asked for a key. */
@NullMarked
package network.calimero.tee.cli;

import org.jspecify.annotations.NullMarked;
