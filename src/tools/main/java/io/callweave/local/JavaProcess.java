package io.callweave.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with few threads of its own, of which several fit beside each other on a small machine. */
public final class JavaProcess {

    private JavaProcess() {}

    /** What starts a class; arguments can be added. */
    public static List<String> command(String classPath, String main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    /** The class path of this process. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }
}
