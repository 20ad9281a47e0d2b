/**
 * Event logs of trust domains: what they list, what registers they replay to, and what they tell
 * once a verified quote has those registers.
 */
@NullMarked
package network.calimero.tee.eventlog;

import org.jspecify.annotations.NullMarked;
