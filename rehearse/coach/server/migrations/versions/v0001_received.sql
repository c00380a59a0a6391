-- Who is asking is `session_user`, the role that has logged in, which nobody but a superuser can change.
--
-- What is in words lies in `words` alone, encrypted to whoever may read it, and nobody has leave to read that table.
-- `ask_to_open` writes into the audit trail; only when that is committed, `words_of` gives the words: in one
-- transaction, whoever rolled it back would have read and left no trace.
SET LOCAL search_path = rehearse_coach;

-- Groups belong to the whole server, where another practice may have made them.
DO $$
DECLARE
    each text;
BEGIN
    FOREACH each IN ARRAY ARRAY['rehearse_coach', 'rehearse_supervisor', 'rehearse_auditor'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', each);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;

CREATE TABLE member (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role name NOT NULL,
    kind text NOT NULL CHECK (kind IN ('coach', 'supervisor', 'auditor')),
    name text,  -- this and the public keys: from themselves, when they come in for the first time
    signs text CHECK (signs ~ '^[0-9a-f]{64}$'),
    opens text CHECK (opens ~ '^age1[02-9ac-hj-np-z]{58}$'),
    joined_at timestamptz NOT NULL DEFAULT now(),
    left_at timestamptz,
    CHECK (num_nulls(name, signs, opens) IN (0, 3))
);
CREATE UNIQUE INDEX ON member (role) WHERE left_at IS NULL;
CREATE UNIQUE INDEX ON member (signs) WHERE left_at IS NULL;

CREATE TABLE client (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coach integer NOT NULL REFERENCES member,
    key text NOT NULL CHECK (key ~ '^[0-9a-f]{64}$'),
    UNIQUE (coach, key)
);

-- The client's coach stands in this table and the next too: looked up by way of the client, what a coach may see took
-- minutes.
CREATE TABLE share (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coach integer NOT NULL REFERENCES member,
    client integer NOT NULL REFERENCES client ON DELETE CASCADE,
    file text NOT NULL CHECK (file ~ '^[0-9a-f]{16}$'),
    number integer NOT NULL,
    made_at timestamptz NOT NULL,
    since date,
    until date NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32),  -- keyed with the coach's secret: nobody can try a guess on it
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (client, file)
);

CREATE TABLE words (
    share bigint NOT NULL REFERENCES share ON DELETE CASCADE,
    reader integer NOT NULL REFERENCES member,
    content bytea NOT NULL,
    PRIMARY KEY (share, reader)
);
CREATE INDEX ON words (reader);
ALTER TABLE words ALTER content SET STORAGE EXTERNAL;  -- what is encrypted cannot be made smaller

CREATE TABLE week (
    coach integer NOT NULL REFERENCES member,
    share bigint NOT NULL REFERENCES share ON DELETE CASCADE,
    begins date NOT NULL,
    sessions integer NOT NULL,
    completed integer NOT NULL,
    turns integer NOT NULL,
    retries integer NOT NULL,
    minutes double precision NOT NULL,
    PRIMARY KEY (share, begins)
);

CREATE TABLE progress (
    coach integer NOT NULL REFERENCES member,
    share bigint NOT NULL REFERENCES share ON DELETE CASCADE,
    assignment text NOT NULL,
    done integer NOT NULL,
    of integer NOT NULL,
    open boolean NOT NULL,
    PRIMARY KEY (share, assignment)
);

-- It stays, so that what was withdrawn is not taken however often it comes.
CREATE TABLE withdrawal (
    coach integer NOT NULL REFERENCES member,
    client integer NOT NULL REFERENCES client ON DELETE CASCADE,
    file text NOT NULL CHECK (file ~ '^[0-9a-f]{16}$'),
    made_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client, file)
);

-- Refers to nothing: it outlives what it tells of.
CREATE TABLE trail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    who name NOT NULL DEFAULT session_user,
    member integer,  -- two people may have had the same role, one after the other
    coach integer,  -- the client's
    did text NOT NULL CHECK (did IN ('took in', 'opened', 'withdrew', 'handed over', 'took back',
                                     'joined', 'added', 'removed', 'trimmed')),
    client integer,
    shares text[] NOT NULL DEFAULT '{}',
    whom name,
    why text NOT NULL CHECK (length(why) BETWEEN 1 AND 200),
    xact xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX ON trail (client, id);
CREATE INDEX ON trail (coach, id);

CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql SET search_path = rehearse_coach, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('rehearse_coach.trimming', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();

-- Retention. Nobody is given leave, so it is the owner's; it runs with the rights of whoever calls it.
CREATE FUNCTION trim_trail(before timestamptz, why text) RETURNS bigint
LANGUAGE plpgsql SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    PERFORM set_config('rehearse_coach.trimming', 'yes', true);
    DELETE FROM trail WHERE at < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('rehearse_coach.trimming', '', true);
    INSERT INTO trail (did, why)
    VALUES ('trimmed', left(format('%s entries before %s: %s', gone, before, why), 200));
    RETURN gone;
END
$$;

-- Who is asking.

CREATE FUNCTION me() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = rehearse_coach, pg_temp
RETURN (SELECT id FROM member WHERE role = session_user AND left_at IS NULL);

CREATE FUNCTION am(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = rehearse_coach, pg_temp
RETURN EXISTS (SELECT FROM member WHERE role = session_user AND left_at IS NULL AND kind = wanted);

CREATE FUNCTION me_as_coach(with_key text DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    found integer;
BEGIN
    SELECT id INTO found FROM member
    WHERE role = session_user AND left_at IS NULL AND kind = 'coach' AND signs = coalesce(with_key, signs);
    IF found IS NULL THEN
        RAISE EXCEPTION '% is no coach here, or has other keys', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END
$$;

CREATE FUNCTION join_with(given_name text, given_signs text, given_opens text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM member WHERE signs = given_signs AND left_at IS NULL AND id <> me()) THEN
        RAISE EXCEPTION 'another member has these keys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE member SET name = given_name, signs = given_signs, opens = given_opens WHERE id = me() AND signs IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% does not belong to the practice, or has keys already', session_user
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO trail (member, did, why) VALUES (me(), 'joined', 'came in for the first time');
END
$$;

-- Taking in. Each locks one client and nothing else, so none waits for another in a circle.

CREATE FUNCTION lock_client(of_coach integer, given_key text, OUT client integer, OUT is_new boolean)
LANGUAGE plpgsql SET search_path = rehearse_coach, pg_temp AS $$
#variable_conflict use_column
BEGIN
    is_new := false;
    IF NOT EXISTS (SELECT FROM client WHERE coach = of_coach AND key = given_key) THEN  -- an attempt uses a number up
        INSERT INTO client (coach, key) VALUES (of_coach, given_key) ON CONFLICT DO NOTHING;
        is_new := FOUND;
    END IF;
    SELECT id INTO client FROM client WHERE coach = of_coach AND key = given_key FOR UPDATE;
END
$$;

CREATE FUNCTION take_share(
    to_key text, client_key text, given_file text, given_number integer, given_made_at timestamptz, given_since date,
    given_until date, given_seal bytea, given_content bytea, given_weeks jsonb, given_progress jsonb,
    OUT outcome text, OUT of_client integer, OUT is_new boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    mine integer := me_as_coach(to_key);
    of_share bigint;
    known bytea;
BEGIN
    SELECT locked.client, locked.is_new INTO of_client, is_new FROM lock_client(mine, client_key) AS locked;
    IF EXISTS (SELECT FROM withdrawal WHERE client = of_client AND file = given_file) THEN
        outcome := 'withdrawn';
        RETURN;
    END IF;
    SELECT seal INTO known FROM share WHERE client = of_client AND file = given_file;
    IF FOUND THEN
        outcome := CASE WHEN known = given_seal THEN 'here' ELSE 'another' END;
        RETURN;
    END IF;
    INSERT INTO share (coach, client, file, number, made_at, since, until, seal)
    VALUES (mine, of_client, given_file, given_number, given_made_at, given_since, given_until, given_seal)
    RETURNING id INTO of_share;
    INSERT INTO words (share, reader, content) VALUES (of_share, mine, given_content);
    INSERT INTO week
    SELECT mine, of_share, each.* FROM jsonb_to_recordset(given_weeks)
        AS each (begins date, sessions integer, completed integer, turns integer, retries integer, minutes float8);
    INSERT INTO progress
    SELECT mine, of_share, each.* FROM jsonb_to_recordset(given_progress)
        AS each (assignment text, done integer, of integer, open boolean);
    INSERT INTO trail (member, coach, did, client, shares, why)
    VALUES (mine, mine, 'took in', of_client, ARRAY[given_file], 'the client shared it');
    outcome := 'taken';
END
$$;

CREATE FUNCTION take_withdrawal(
    to_key text, client_key text, given_file text, given_made_at timestamptz,
    OUT outcome text, OUT of_client integer
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    mine integer := me_as_coach(to_key);
BEGIN
    SELECT locked.client INTO of_client FROM lock_client(mine, client_key) AS locked;
    INSERT INTO withdrawal (coach, client, file, made_at)
    VALUES (mine, of_client, given_file, given_made_at) ON CONFLICT DO NOTHING;
    DELETE FROM share WHERE client = of_client AND file = given_file;
    outcome := CASE WHEN FOUND THEN 'deleted' ELSE 'awaited' END;
    INSERT INTO trail (member, coach, did, client, shares, why)
    VALUES (mine, mine, 'withdrew', of_client, ARRAY[given_file], 'the client withdrew it');
END
$$;

-- Opening.

CREATE FUNCTION clients_to_open() RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = rehearse_coach, pg_temp
BEGIN ATOMIC
    SELECT client.id FROM client
    WHERE EXISTS (
        SELECT FROM share JOIN words ON words.share = share.id
        WHERE share.client = client.id AND words.reader = me()
    )
    ORDER BY client.key, client.id;
END;

CREATE FUNCTION ask_to_open(wanted integer[], given_why text) RETURNS TABLE (entry bigint, of_client integer)
LANGUAGE sql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp
BEGIN ATOMIC
    INSERT INTO trail (member, coach, did, client, shares, why)
    SELECT me(), min(share.coach), 'opened', share.client, array_agg(share.file ORDER BY share.number, share.id),
        given_why
    FROM share JOIN words ON words.share = share.id
    WHERE words.reader = me() AND share.client = ANY (wanted)
    GROUP BY share.client
    RETURNING id, client;
END;

CREATE FUNCTION words_of(given_entry bigint)
RETURNS TABLE (client_key text, file text, coach text, content bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
#variable_conflict use_column
DECLARE
    asked trail;
BEGIN
    SELECT * INTO asked FROM trail
    WHERE id = given_entry AND did = 'opened' AND member = me() AND at > clock_timestamp() - interval '10 minutes';
    IF asked.id IS NULL OR pg_xact_status(asked.xact) IS DISTINCT FROM 'committed' THEN
        RAISE EXCEPTION 'words are given only for a new entry in the audit trail that is committed'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT client.key, share.file, member.signs, words.content
    FROM client
    JOIN member ON member.id = client.coach
    JOIN share ON share.client = client.id AND share.file = ANY (asked.shares)
    JOIN words ON words.share = share.id AND words.reader = asked.member
    WHERE client.id = asked.client
    ORDER BY share.number, share.made_at;
END
$$;

-- Handing over: a share encrypted to a supervisor, by the client's coach.

CREATE FUNCTION lock_own(of_client integer, of_coach integer) RETURNS void
LANGUAGE plpgsql SET search_path = rehearse_coach, pg_temp AS $$
BEGIN
    PERFORM FROM client WHERE id = of_client AND coach = of_coach FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'client % is none of yours', of_client USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

CREATE FUNCTION hand_over(of_client integer, of_file text, to_role name, given_content bytea, given_why text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    mine integer := me_as_coach();
    theirs integer;
    of_share bigint;
BEGIN
    SELECT id INTO theirs FROM member
    WHERE role = to_role AND left_at IS NULL AND kind = 'supervisor' AND signs IS NOT NULL;
    IF theirs IS NULL THEN
        RAISE EXCEPTION '% is no supervisor here', to_role USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM lock_own(of_client, mine);
    SELECT id INTO of_share FROM share WHERE client = of_client AND file = of_file;
    IF of_share IS NULL THEN
        RETURN false;  -- withdrawn in the meantime
    END IF;
    INSERT INTO words (share, reader, content) VALUES (of_share, theirs, given_content)
    ON CONFLICT (share, reader) DO UPDATE SET content = excluded.content;
    INSERT INTO trail (member, coach, did, client, shares, whom, why)
    VALUES (mine, mine, 'handed over', of_client, ARRAY[of_file], to_role, given_why);
    RETURN true;
END
$$;

CREATE FUNCTION take_back(of_client integer, from_role name, given_why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = rehearse_coach, pg_temp AS $$
DECLARE
    mine integer := me_as_coach();
    taken text[];
BEGIN
    PERFORM lock_own(of_client, mine);
    WITH gone AS (
        DELETE FROM words USING share, member
        WHERE words.share = share.id AND words.reader = member.id
            AND share.client = of_client AND member.role = from_role AND member.id <> mine
        RETURNING share.file
    )
    SELECT coalesce(array_agg(file), '{}') INTO taken FROM gone;
    INSERT INTO trail (member, coach, did, client, shares, whom, why)
    VALUES (mine, mine, 'took back', of_client, taken, from_role, given_why);
    RETURN cardinality(taken);
END
$$;

-- Who sees what.

ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE share ENABLE ROW LEVEL SECURITY;
ALTER TABLE words ENABLE ROW LEVEL SECURITY;
ALTER TABLE week ENABLE ROW LEVEL SECURITY;
ALTER TABLE progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE trail ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON member FOR SELECT TO rehearse_coach
    USING (id = (SELECT me()) OR ((SELECT am('coach')) AND kind = 'supervisor'));
CREATE POLICY own ON client FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));
CREATE POLICY own ON share FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));
CREATE POLICY own ON week FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));
CREATE POLICY own ON progress FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));
CREATE POLICY own ON withdrawal FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));
CREATE POLICY own ON trail FOR SELECT TO rehearse_coach USING (coach = (SELECT me()) AND (SELECT am('coach')));

CREATE POLICY counts ON member FOR SELECT TO rehearse_supervisor USING ((SELECT am('supervisor')));
CREATE POLICY counts ON client FOR SELECT TO rehearse_supervisor USING ((SELECT am('supervisor')));
CREATE POLICY counts ON share FOR SELECT TO rehearse_supervisor USING ((SELECT am('supervisor')));
CREATE POLICY counts ON week FOR SELECT TO rehearse_supervisor USING ((SELECT am('supervisor')));
CREATE POLICY counts ON progress FOR SELECT TO rehearse_supervisor USING ((SELECT am('supervisor')));

CREATE POLICY all_of_it ON trail FOR SELECT TO rehearse_auditor USING ((SELECT am('auditor')));

GRANT USAGE ON SCHEMA rehearse_coach TO rehearse_coach, rehearse_supervisor, rehearse_auditor;
GRANT SELECT ON version TO rehearse_coach, rehearse_supervisor, rehearse_auditor;
GRANT SELECT ON member TO rehearse_coach, rehearse_supervisor;
GRANT SELECT (id, coach, key) ON client TO rehearse_coach;
GRANT SELECT (id, coach) ON client TO rehearse_supervisor;
GRANT SELECT (id, client, file, number, made_at, since, until, received_at) ON share
    TO rehearse_coach, rehearse_supervisor;
GRANT SELECT ON week, progress TO rehearse_coach, rehearse_supervisor;
GRANT SELECT ON withdrawal TO rehearse_coach;
GRANT SELECT ON trail TO rehearse_coach, rehearse_auditor;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rehearse_coach FROM PUBLIC;
GRANT EXECUTE ON FUNCTION me(), am(text) TO rehearse_coach, rehearse_supervisor, rehearse_auditor;
GRANT EXECUTE ON FUNCTION join_with(text, text, text), clients_to_open(), ask_to_open(integer[], text), words_of(bigint)
    TO rehearse_coach, rehearse_supervisor;
GRANT EXECUTE ON FUNCTION
    take_share(text, text, text, integer, timestamptz, date, date, bytea, bytea, jsonb, jsonb),
    take_withdrawal(text, text, text, timestamptz),
    hand_over(integer, text, name, bytea, text),
    take_back(integer, name, text)
    TO rehearse_coach;
