package io.touchpoint.domain.policy;

/**
 * How churn levels are decided.
 *
 * @param model the fitted parameters
 * @param levels where the levels begin; they belong to the fit
 * @param experience what bad experience takes off
 */
public record ChurnRules(ChurnParameters model, ChurnLevels levels, Experience experience) {

    /** @throws InvalidPolicyException when a part is missing */
    public ChurnRules {
        Bounds.present("model", model);
        Bounds.present("levels", levels);
        Bounds.present("experience", experience);
    }
}
