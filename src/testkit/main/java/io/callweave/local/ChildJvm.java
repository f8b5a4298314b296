package io.callweave.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that a test starts: most live for seconds, in which a slow compiler and several collectors cost more than they bring. */
public final class ChildJvm {

    private ChildJvm() {}

    /** What starts a class of this class path; arguments can be added. */
    public static List<String> command(String main, String... options) {
        return commandWith(System.getProperty("java.class.path"), main, options);
    }

    /** The same with another class path. */
    public static List<String> commandWith(String classPath, String main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        // The jar's manifest says this; without it, Java 25 warns on stderr.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
