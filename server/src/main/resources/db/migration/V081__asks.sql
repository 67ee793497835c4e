-- How often hooks decided and asked, brought up to date with each batch: the numbers never read log records.
-- Cordon's own hook records carry cordon.hook.decision and, once somebody was asked, cordon.ask.outcome.

CREATE TABLE ask_tally (
    hour        timestamptz NOT NULL,
    endpoint_id uuid        NOT NULL,
    user_name   text        NOT NULL,
    agent       text        NOT NULL,
    rule        text        NOT NULL,
    hostname    text,
    allowed     bigint      NOT NULL,  -- decisions
    denied      bigint      NOT NULL,
    asked       bigint      NOT NULL,
    said_yes    bigint      NOT NULL,  -- what became of the questions
    said_no     bigint      NOT NULL,
    remembered  bigint      NOT NULL,
    unanswered  bigint      NOT NULL,
    answers     bigint      NOT NULL,  -- answers whose time is known
    answer_ms   bigint      NOT NULL,  -- all of their times together
    PRIMARY KEY (hour, endpoint_id, user_name, agent, rule)
);
