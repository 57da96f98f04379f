package io.touchpoint.domain.customer;

/** Looked at a customer before an event is applied, and tells afterwards what the event changed in what is counted. */
interface Watch {

    /** @param verdict what became of the event; not that it was refused */
    void tell(Verdict verdict, Decisions out);
}
