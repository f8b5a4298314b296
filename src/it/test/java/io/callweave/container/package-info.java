/**
 * Tests against Kafka in a container. They need Docker and the image that {@code callweave.test.kafka-image} names; without
 * these they are skipped, but with {@code -Pcontainers} they fail.
 */
package io.callweave.container;
