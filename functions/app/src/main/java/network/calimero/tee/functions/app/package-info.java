/** What each function is made of, and how it comes by its settings and secrets: any platform's. */
@NullMarked
package network.calimero.tee.functions.app;

import org.jspecify.annotations.NullMarked;
