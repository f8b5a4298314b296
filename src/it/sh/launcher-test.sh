#!/usr/bin/env bash
# Tests ./callweave on copies of it, with a faked PATH, JAVA_HOME and Maven; the last one builds for real.
set -uo pipefail

project=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=checks.sh
. "$project/src/it/sh/checks.sh"

# Runs the launcher of the copy with nothing but a basic PATH and what is given as VARIABLE=value.
launch() {
    status=0
    (cd "${from:-$work}" && env -i PATH="$tools" CALLWEAVE_JVM_DIR="$work/none" "$@") >"$work/out" 2>"$work/err" || status=$?
}
silent() { [ ! -s "$work/out" ]; }
prints() { [ "$(cat "$work/out")" = "$1" ]; }
builds() { [ "$(wc -l <"$work/builds" 2>/dev/null || echo 0)" -eq "$1" ]; }

# Tools of every system, but neither Java nor Maven.
tools=$work/tools
mkdir -p "$tools"
for tool in sh bash cat cp cut dirname env find flock mkdir mv readlink rm sed sleep touch; do
    ln -s "$(command -v "$tool")" "$tools/$tool"
done

# fake_java DIRECTORY VERSION [jdk]: prints its version, or else its arguments.
fake_java() {
    mkdir -p "$1/bin"
    cat >"$1/bin/java" <<-J
		#!/bin/sh
		[ "\$1" = -version ] && { echo 'openjdk version "$2"' >&2; exit 0; }
		while case \$1 in -Xlog*|-XX:+DisplayVM*|-XX:*OnOutOfMemory*|-Dcallweave.*=*) true ;; *) false ;; esac; do shift; done
		umask >"$work/umask"
		echo "java $2 \$*"
	J
    chmod +x "$1/bin/java"
    [ "${3:-}" != jdk ] || cp "$1/bin/java" "$1/bin/javac"
}

fake_java "$work/jdk 21" 21.0.2 jdk
fake_java "$work/jre17" 17.0.1
fake_java "$work/jdk11" 11.0.9 jdk
fake_java "$work/jdk8" 1.8.0_402 jdk

# A Maven that takes its time, notes that it ran, talks on stdout, and leaves a jar, unless there is one.
mkdir -p "$work/maven"
cat >"$work/maven/mvn" <<M
#!/bin/sh
echo built >>"$work/builds"
echo "[INFO] chatter of the build"
sleep 1
[ ! -e "$work/break" ] || { echo "[ERROR] broken"; exit 1; }
[ ! -e "$work/offline" ] || { cat "$work/offline"; exit 1; }
mkdir -p target/launcher/next/lib target/launcher/next/tools-lib
for jar in callweave lib/callweave-core callweave-tools tools-lib/callweave-simulator; do
    [ -e "target/launcher/next/\$jar.jar" ] || echo jar >"target/launcher/next/\$jar.jar"
done
M
chmod +x "$work/maven/mvn"

fresh() { # a new copy of the project, in a path with spaces
    copy="$work/a copy"
    rm -rf "$copy" "$work/builds" "$work/break"
    mkdir -p "$copy/src/app/main/java"
    cp "$project/callweave" "$copy/"
    touch "$copy/pom.xml" "$copy/src/app/main/java/A.java"
}

fresh
launch "$copy/callweave"
check "no Java: exit status 1" status_is 1
check "no Java: says what to install" says "apt-get install openjdk-17-jdk-headless maven"
check "no Java: in one line" one_line
check "no Java: nothing on stdout" silent

for old in 11 8; do
    launch JAVA_HOME="$work/jdk$old" "$copy/callweave"
    check "Java $old: exit status 1" status_is 1
    check "Java $old: names it" says "Java $old"
    check "Java $old: in one line" one_line
done

launch JAVA_HOME="$work/jdk11" PATH="$work/jdk 21/bin:$work/maven:$tools" "$copy/callweave" x
check "JAVA_HOME too old, PATH new: takes the one on PATH" status_is 0

fresh
launch JAVA_HOME="$work/jre17" PATH="$work/maven:$tools" "$copy/callweave"
check "JRE alone, nothing built: exit status 1" status_is 1
check "JRE alone, nothing built: asks for a JDK" says "needs a JDK"
check "JRE alone, nothing built: in one line" one_line

launch JAVA_HOME="$work/jdk 21" "$copy/callweave"
check "no Maven: exit status 1" status_is 1
check "no Maven: says so" says "needs Maven"
check "no Maven: says what to install" says "apt-get install"
check "no Maven: in one line" one_line

with_jdk=(JAVA_HOME="$work/jdk 21" PATH="$work/maven:$tools")
touch "$work/break"
launch "${with_jdk[@]}" "$copy/callweave"
check "broken build: exit status 1" status_is 1
check "broken build: names the log" says "$copy/target/launcher/build.log"
check "broken build: nothing on stdout" silent
check "broken build: the log has the output" grep -q broken "$copy/target/launcher/build.log"
rm "$work/break"

echo "[ERROR] Plugin a:b:1 or one of its dependencies could not be resolved: Could not transfer artifact a:b:pom:1 from/to central (https://repo.maven.apache.org/maven2): repo.maven.apache.org: Name or service not known -> [Help 1]" >"$work/offline"
launch "${with_jdk[@]}" "$copy/callweave"
check "no network: exit status 1" status_is 1
check "no network: names Maven Central" says "Maven Central"
check "no network: names the address" says "central (https://repo.maven.apache.org/maven2)"
check "no network: names the proxy settings" says "settings.xml"
check "no network: names the log" says "$copy/target/launcher/build.log"
rm "$work/offline" "$work/builds"

launch "${with_jdk[@]}" "$copy/callweave" assemble "two words" '*'
started="java 21.0.2 -XX:+UseSerialGC -jar $copy/target/launcher/callweave.jar assemble two words *"
check "first start: builds and starts" status_is 0
check "first start: stdout is the program's alone" prints "$started"
check "first start: says in one line that it builds" one_line
check "first start: one build" builds 1

launch "${with_jdk[@]}" "$copy/callweave" assemble "two words" '*'
check "second start: no build" builds 1
check "second start: starts" prints "$started"

ln -s "$copy/callweave" "$work/link"
mkdir -p "$work/bin"
ln -s ../link "$work/bin/callweave"
from=/ launch "${with_jdk[@]}" "$work/bin/callweave" x
check "through two links, from elsewhere: starts" prints "java 21.0.2 -XX:+UseSerialGC -jar $copy/target/launcher/callweave.jar x"
from="$work/bin" launch "${with_jdk[@]}" ./callweave x
check "through a relative link: starts" status_is 0

launch JAVA_HOME="$work/jre17" "$copy/callweave" x
check "built: a JRE without Maven is enough" prints "java 17.0.1 -XX:+UseSerialGC -jar $copy/target/launcher/callweave.jar x"

launch "${with_jdk[@]}" CALLWEAVE_JAVA_OPTS='-Xmx1g -Da=b' "$copy/callweave" x
check "CALLWEAVE_JAVA_OPTS: passed on" prints "java 21.0.2 -XX:+UseSerialGC -Xmx1g -Da=b -jar $copy/target/launcher/callweave.jar x"
launch "${with_jdk[@]}" CALLWEAVE_JAVA_OPTS='-XX:+UseZGC' "$copy/callweave" x
check "CALLWEAVE_JAVA_OPTS: another collector takes the place of ours" prints "java 21.0.2 -XX:+UseZGC -jar $copy/target/launcher/callweave.jar x"
launch "${with_jdk[@]}" "$copy/callweave" streams
check "a role: only its owner may read what it writes" grep -qx 0077 "$work/umask"
check "what runs on: the parallel collector, and a heap that starts large" prints "java 21.0.2 -XX:+UseParallelGC -XX:InitialRAMPercentage=25 -jar $copy/target/launcher/callweave.jar streams"
launch "${with_jdk[@]}" CALLWEAVE_JAVA_OPTS='-XX:+UseG1GC -Xms64m' "$copy/callweave" streams
check "what runs on: another collector and size come last" prints "java 21.0.2 -XX:InitialRAMPercentage=25 -XX:+UseG1GC -Xms64m -jar $copy/target/launcher/callweave.jar streams"
launch "${with_jdk[@]}" CALLWEAVE_JAVA_OPTS='-XX:+UseNUMA -XX:ParallelGCThreads=2' "$copy/callweave" streams
check "what runs on: an option of the collector names none" prints "java 21.0.2 -XX:+UseParallelGC -XX:InitialRAMPercentage=25 -XX:+UseNUMA -XX:ParallelGCThreads=2 -jar $copy/target/launcher/callweave.jar streams"

sleep 0.1
touch "$copy/src/app/main/java/A.java"
launch "${with_jdk[@]}" "$copy/callweave"
check "a source changed: builds again" builds 2
sleep 0.1
rm "$copy/src/app/main/java/A.java"
launch "${with_jdk[@]}" "$copy/callweave"
check "a source removed: builds again" builds 3
sleep 0.1
touch "$copy/pom.xml" "$work/break"
launch "${with_jdk[@]}" "$copy/callweave"
check "broken rebuild: exit status 1" status_is 1
check "broken rebuild: the jar before it stays" test -f "$copy/target/launcher/callweave.jar"

fresh
mkdir -p "$copy/target/launcher"
mkdir "$copy/target/launcher/next"
: >"$copy/target/launcher/next/callweave.jar"
launch "${with_jdk[@]}" "$copy/callweave"
check "after a build that was killed: builds the jar again" grep -q jar "$copy/target/launcher/callweave.jar"

fresh
for i in 1 2 3; do
    (status=0; launch "${with_jdk[@]}" "$copy/callweave" "$i" 2>&1; echo "$status" >"$work/status$i") &
done
wait
status=0
check "three first starts at once: one build" builds 1
check "three first starts at once: all start" test "$(cat "$work"/status?)" = $'0\n0\n0'

# For real: the project's own launcher with this machine's Java and Maven.
status=0
"$project/callweave" --version >"$work/out" 2>"$work/err" || status=$?
check "the project itself: builds and starts" status_is 0
check "the project itself: prints its version" grep -q '^callweave [0-9]' "$work/out"
if type script >/dev/null 2>&1; then
    status=0
    script -qec "stty cols 60; '$project/callweave' assemble '$project/src/samples/real/csn-pstn-to-rc-ivr.ndjson'" /dev/null \
        >"$work/out" 2>"$work/err" </dev/null || status=$?
    check "the project itself: a table is made" grep -q 'Caller 1' "$work/out"
    check "the project itself: a table is as wide as the terminal" \
        test "$(tr -d '\r' <"$work/out" | sed $'s/\033\\[[0-9;]*m//g' | LC_ALL=C.UTF-8 wc -L)" -le 60
    status=0
    sed 's/Caller 1/Caller\\u009B1/' "$project/src/samples/real/csn-pstn-to-rc-ivr.ndjson" >"$work/hostile.ndjson"
    script -qec "'$project/callweave' assemble '$work/hostile.ndjson' --calls /dev/stdout" /dev/null \
        >"$work/out" 2>"$work/err" </dev/null || status=$?
    check "the project itself: shows control characters as marks" grep -qF 'Caller\u009B1' "$work/out"
fi
status=0
"$project/callweave" --no-such-option >"$work/out" 2>"$work/err" || status=$?
check "the project itself: passes on the exit status" status_is 2
check "the project itself: nothing on stdout" silent
status=0
CALLWEAVE_JAVA_OPTS='-XX:SharedArchiveFile=/dev/null -Xmn40m -Xmx20m' "$project/callweave" --version >"$work/out" 2>"$work/err" || status=$?
check "the project itself: what the Java machine warns of is not on stdout" test "$(grep -vc -e "^callweave " -e "^state format " "$work/out")" -eq 0
status=0
CALLWEAVE_JAVA_OPTS=-Xmx8m "$project/callweave" run "$project/src/samples/real/csn-pstn-to-rc-ivr.ndjson" >"$work/out" 2>"$work/err" || status=$?
check "the project itself, out of memory: exit status 3" status_is 3
check "the project itself, out of memory: says what to do" grep -q '^callweave: out of memory. Give it more' "$work/err"
check "the project itself, out of memory: nothing on stdout" silent

end_of_checks launcher
