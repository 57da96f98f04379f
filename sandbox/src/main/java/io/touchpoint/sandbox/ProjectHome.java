package io.touchpoint.sandbox;

import java.nio.file.Path;

/** The folder of the project that this runs from. */
public final class ProjectHome {

    private ProjectHome() {}

    /** {@return the folder that holds the modules, found from where this module's classes lie} */
    public static Path path() {
        return RegistryFiles.ownClasses().resolve("../../..").normalize();
    }
}
