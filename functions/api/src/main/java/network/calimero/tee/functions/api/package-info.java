/** What the functions share: calls and answers without any platform, endpoints, settings. */
@NullMarked
package network.calimero.tee.functions.api;

import org.jspecify.annotations.NullMarked;
