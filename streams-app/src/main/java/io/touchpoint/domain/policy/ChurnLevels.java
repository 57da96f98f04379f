package io.touchpoint.domain.policy;

/**
 * The lines that p_alive, less what bad experience takes off, must fall to for each level. At the line counts as crossed.
 *
 * @param watch from here on WATCH; below 1
 * @param atRisk from here on AT_RISK; below {@code watch}
 * @param lost from here on LOST; below {@code atRisk} and above 0
 */
public record ChurnLevels(double watch, double atRisk, double lost) {

    /** @throws InvalidPolicyException unless 0 &lt; lost &lt; at-risk &lt; watch &lt; 1 */
    public ChurnLevels {
        Bounds.between(0, 1, "watch", watch, "a number between 0 and 1");
        Bounds.between(0, watch, "at-risk", atRisk, "a number between 0 and watch, " + watch);
        Bounds.between(0, atRisk, "lost", lost, "a number between 0 and at-risk, " + atRisk);
    }
}
