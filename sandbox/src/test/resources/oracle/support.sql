-- Tickets (DESIGN 5 and 7): steps of equal time go OPENED, REPLIED, RESOLVED, CLOSED, REOPENED. A REPLIED neither opens nor
-- closes a ticket, but one first seen by it is open.

CREATE OR REPLACE TABLE ticket_steps AS
SELECT *, row_number() OVER w AS nr,
    status IN ('OPENED', 'REOPENED') OR (status = 'REPLIED' AND row_number() OVER w = 1) AS opens,
    status IN ('RESOLVED', 'CLOSED') AS closes
FROM steps WINDOW w AS (PARTITION BY customer_id, ticket_id ORDER BY ts, rank, event_id);

CREATE OR REPLACE TABLE ticket_outlines AS
SELECT customer_id, ticket_id, arg_min(channel, nr) AS channel,
    min(ts) FILTER (WHERE opens) AS first_open, min(ts) FILTER (WHERE status = 'OPENED') AS opened,
    max(ts) FILTER (WHERE status = 'RESOLVED') AS resolved, bool_or(status = 'REOPENED') AS reopened
FROM ticket_steps GROUP BY customer_id, ticket_id;

CREATE OR REPLACE TABLE tickets AS
SELECT *, [{'dim': 'all', 'val': ''}, {'dim': 'channel', 'val': channel}] AS segments,
    (SELECT min(s.ts) FROM ticket_steps s
     WHERE s.customer_id = o.customer_id AND s.ticket_id = o.ticket_id AND s.status = 'REPLIED'
        AND coalesce(s.author, 'AGENT') = 'AGENT' AND s.ts >= o.opened) AS replied
FROM ticket_outlines o;

INSERT INTO flow
SELECT 'tickets-opened', s.dim, s.val, '', '', first_open, 1, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM tickets WHERE first_open IS NOT NULL);
INSERT INTO flow
SELECT 'first-reply', s.dim, s.val, '', '', replied, 1, bucket_of((replied - opened) // 1000), (replied - opened) // 1000
FROM (SELECT *, unnest(segments) AS s FROM tickets WHERE replied IS NOT NULL);
INSERT INTO flow
SELECT 'resolution', s.dim, s.val, '', '', resolved, 1, bucket_of((resolved - opened) // 1000), (resolved - opened) // 1000
FROM (SELECT *, unnest(segments) AS s FROM tickets WHERE resolved >= opened);
INSERT INTO flow
SELECT m, s.dim, s.val, '', '', resolved, 1, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM tickets WHERE resolved IS NOT NULL), LATERAL (
    SELECT 'resolved' AS m UNION ALL SELECT 'reopened' WHERE reopened);

-- Open tickets: up where one goes from closed to open, down where it goes back, or its customer ends.
CREATE OR REPLACE TABLE turns_of_tickets AS
    SELECT customer_id, ticket_id, ts, t.segments, change
    FROM (
        SELECT customer_id, ticket_id, ts, open::INTEGER - coalesce(lag(open::INTEGER) OVER (
            PARTITION BY customer_id, ticket_id ORDER BY ts, rank, event_id), 0) AS change
        FROM (SELECT *, opens AS open FROM ticket_steps WHERE opens OR closes))
    JOIN tickets t USING (customer_id, ticket_id)
    WHERE change <> 0;

INSERT INTO flow
SELECT 'tickets-open', s.dim, s.val, '', '', ts, change, NULL, NULL
FROM (
    SELECT ts, unnest(segments) AS s, change FROM turns_of_tickets
    UNION ALL
    SELECT e.ts, unnest(any_value(t.segments)), -sum(t.change)::BIGINT
    FROM turns_of_tickets t JOIN endings e USING (customer_id) GROUP BY customer_id, ticket_id, e.ts HAVING sum(t.change) <> 0);
