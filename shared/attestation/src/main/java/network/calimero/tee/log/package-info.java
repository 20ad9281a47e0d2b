/** What is told to operators: events with fields, one JSON object on one line each. */
@NullMarked
package network.calimero.tee.log;

import org.jspecify.annotations.NullMarked;
