package io.touchpoint.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sandbox in a process of its own, to see what is left when that process is ended from outside. */
record SandboxProcess(Process process, long registryPid, Path folder) {

    /** Starts the process and waits until its sandbox is ready. */
    static SandboxProcess start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SandboxProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        // On a busy machine the broker has something to say first.
        var ready = said.lines().filter(line -> line.startsWith("registry=")).findFirst();
        Map<String, String> facts = Stream.of(ready.orElseThrow().split(";"))
                .map(fact -> fact.split("="))
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
        return new SandboxProcess(process, Long.parseLong(facts.get("registry")), Path.of(facts.get("folder")));
    }

    boolean registryRuns() {
        return ProcessHandle.of(registryPid).map(ProcessHandle::isAlive).orElse(false);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var sandbox = Sandbox.start(SandboxOptions.temporary());
        System.out.println("registry=" + sandbox.registry().pid() + ";folder=" + sandbox.folder());
        new CountDownLatch(1).await();
    }
}
