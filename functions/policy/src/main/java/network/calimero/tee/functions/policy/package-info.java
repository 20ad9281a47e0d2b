/** Documents of releases, verified before they are served, and what is made of policies. */
@NullMarked
package network.calimero.tee.functions.policy;

import org.jspecify.annotations.NullMarked;
