/** Whether verified evidence is welcome: affirmed, or every reason against. */
@NullMarked
package network.calimero.tee.appraisal;

import org.jspecify.annotations.NullMarked;
