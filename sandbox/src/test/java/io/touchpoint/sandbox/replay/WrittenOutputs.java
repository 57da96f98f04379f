package io.touchpoint.sandbox.replay;

import io.touchpoint.serdes.RecordSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The files that {@code replay} writes, of what stands on the topics of any cluster. */
public final class WrittenOutputs {

    private WrittenOutputs() {}

    /** {@return the folder, with a file for each output topic} */
    public static Path write(String bootstrapServers, RecordSerdes serdes, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var reader = new CommittedReader(bootstrapServers, InstantSource.system())) {
            new OutputFiles(reader, serdes, folder).write();
        }
        return folder;
    }
}
