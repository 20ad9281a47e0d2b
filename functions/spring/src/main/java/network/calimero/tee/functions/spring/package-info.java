/** The functions as beans of spring-cloud-function. */
@NullMarked
package network.calimero.tee.functions.spring;

import org.jspecify.annotations.NullMarked;
