package io.callweave.local;

import kafka.server.FaultHandlerFactory;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on a fatal fault of the broker. Kafka ends the process; while the broker starts that is turned into an
 * exception, so that the user reads a sentence. Later it stays as it is: clients of a broker that has lost its metadata
 * would wait for ever.
 */
final class StartupFaults implements FaultHandlerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(StartupFaults.class);

    private final StandardFaultHandlerFactory standard = new StandardFaultHandlerFactory();
    private volatile boolean starting = true;

    void started() {
        starting = false;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        FaultHandler running = standard.build(name, fatal, action);
        return (message, cause) -> {
            if (!starting) {
                return running.handleFault(message, cause);
            }
            LOG.debug("fault while the broker starts: {}: {}", name, message, cause);
            action.run();
            return new IllegalStateException(name + ": " + message, cause);
        };
    }
}
