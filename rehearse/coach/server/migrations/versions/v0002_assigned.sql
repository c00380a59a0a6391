-- A coach's note may tell of a client, so a copy is encrypted to the coach too.
SET LOCAL search_path = rehearse_coach;

CREATE TABLE assignment (
    coach integer NOT NULL DEFAULT me() REFERENCES member,
    file text NOT NULL CHECK (file ~ '^[0-9a-f]{16}$'),
    made_at timestamptz NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (coach, file)
);
ALTER TABLE assignment ALTER content SET STORAGE EXTERNAL;
ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON assignment FOR ALL TO rehearse_coach
    USING (coach = (SELECT me()) AND (SELECT am('coach')))
    WITH CHECK (coach = (SELECT me()) AND (SELECT am('coach')));
GRANT SELECT, INSERT ON assignment TO rehearse_coach;
