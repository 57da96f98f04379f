package io.touchpoint.sandbox;

import io.touchpoint.runtime.TemporaryFolder;
import java.net.URI;

/** One schema registry for all tests of a process that do nothing to it: starting one takes longer than many a test. */
public final class SharedRegistry {

    private SharedRegistry() {}

    /** {@return one broker, and nothing is kept, with the shared registry} */
    public static SandboxOptions temporary() {
        return SandboxOptions.temporary().withRegistry(Running.URL);
    }

    /** Started when it is first asked for. It ends with this process by itself. */
    private static final class Running {
        private static final URI URL = start();

        private static URI start() {
            return RegistryServer.start(TemporaryFolder.create("registry").path())
                    .url();
        }
    }
}
