/** What a relying party accepts: profiles, roles, reference values and TCB statuses. */
@NullMarked
package network.calimero.tee.policy;

import org.jspecify.annotations.NullMarked;
