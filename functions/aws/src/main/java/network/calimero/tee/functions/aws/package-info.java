/** The functions behind AWS Lambda function URLs: events into calls, answers into responses. */
@NullMarked
package network.calimero.tee.functions.aws;

import org.jspecify.annotations.NullMarked;
