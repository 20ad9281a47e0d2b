/** What tests of the functions share; nothing that is deployed depends on it. */
@NullMarked
package network.calimero.tee.functions.testkit;

import org.jspecify.annotations.NullMarked;
