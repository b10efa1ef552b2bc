package io.keymux.docs.sqs;

import java.time.Duration;

/**
 * Where orders come from. A redrive policy of the queue moves messages that no worker could finish
 * to a dead-letter queue.
 *
 * @param visibility how long a message stays with a worker that is not heard of: 1 second to 12
 *     hours, in seconds. A worker that dies costs this time
 * @param poll how long one request waits for a message, 0 to 20 seconds
 */
public record SqsQueue(String url, Duration visibility, Duration poll) {}
