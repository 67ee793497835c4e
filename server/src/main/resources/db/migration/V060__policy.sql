-- Documents by name; a name is of one kind for ever. draft_counter numbers the saved states of drafts and never goes back.
CREATE TABLE policy_document (
    name           text PRIMARY KEY,
    kind           text    NOT NULL,
    draft_counter  integer NOT NULL
);

CREATE TABLE policy_draft (
    name         text PRIMARY KEY REFERENCES policy_document,
    revision     integer     NOT NULL,
    title        text        NOT NULL,
    description  text        NOT NULL,
    source       text        NOT NULL,
    author       text        NOT NULL,
    reason       text        NOT NULL,
    updated_at   timestamptz NOT NULL
);

CREATE TABLE policy_revision (
    name          text        NOT NULL REFERENCES policy_document,
    revision      integer     NOT NULL CHECK (revision > 0),
    title         text        NOT NULL,
    description   text        NOT NULL,
    source        text        NOT NULL,
    digest        text        NOT NULL,
    author        text        NOT NULL,
    reason        text        NOT NULL,
    published_at  timestamptz NOT NULL,
    PRIMARY KEY (name, revision)
);

-- What was published is what endpoints were told to enforce: it is never altered.
CREATE FUNCTION policy_revision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published revisions are final';
END $$;

CREATE TRIGGER policy_revision_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_revision
    FOR EACH STATEMENT EXECUTE FUNCTION policy_revision_is_final();
