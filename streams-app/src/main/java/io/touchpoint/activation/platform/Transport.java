package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Part;

/** Carries a part to a platform, or wherever else. */
public interface Transport {

    /** What became of it; never throws for what the network or the platform does. */
    Answer send(Part part) throws InterruptedException;
}
