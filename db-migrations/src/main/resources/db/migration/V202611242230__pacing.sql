-- In test mode an app is played for each workspace alone, so that the limits which one workspace plays pause no other one.
CREATE FUNCTION platform_app_of(new_id uuid, app_platform text, app_client text, app_workspace uuid) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO platform_app (id, platform, client, workspace_id) VALUES (new_id, app_platform, app_client, app_workspace)
    ON CONFLICT (platform, client, workspace_id) DO UPDATE SET client = excluded.client RETURNING id $$;
REVOKE EXECUTE ON FUNCTION platform_app_of(uuid, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_app_of(uuid, text, text, uuid) TO carillon_app;

INSERT INTO platform_app (id, platform, client, workspace_id)
SELECT gen_random_uuid(), platform, client, workspace_id
FROM (SELECT DISTINCT app.platform, app.client, account.workspace_id
      FROM account JOIN platform_app AS app ON app.id = account.platform_app_id
      WHERE NOT account.livemode AND app.workspace_id IS NULL) AS played
ON CONFLICT (platform, client, workspace_id) DO NOTHING;
UPDATE account SET platform_app_id = own.id
FROM platform_app AS shared, platform_app AS own
WHERE shared.id = account.platform_app_id AND shared.workspace_id IS NULL AND NOT account.livemode
  AND own.platform = shared.platform AND own.client = shared.client AND own.workspace_id = account.workspace_id;

-- The breaker of a host. What every process has to agree on stands here; the counting that leads to it is each one's own.
ALTER TABLE platform_host ADD COLUMN openings integer NOT NULL DEFAULT 0;
ALTER TABLE platform_host ADD COLUMN trials integer NOT NULL DEFAULT 0;
ALTER TABLE platform_host ADD COLUMN trials_until timestamptz;
COMMENT ON COLUMN platform_host.openings IS 'how often the breaker has opened since the host last answered; 0 while it is closed';
COMMENT ON COLUMN platform_host.trials IS 'attempts that were let through since it last opened';
COMMENT ON COLUMN platform_host.trials_until IS 'database time after which these no longer count, because nobody may be left to report them';

-- What was taken from a platform's window lately. Keyed by whoever the limit belongs to: an app, an identity, or the account itself
-- where it has no identity.
CREATE TABLE publish_budget (
    owner_id uuid NOT NULL,
    window_seconds integer NOT NULL,
    taken jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (owner_id, window_seconds)
) WITH (fillfactor = 70);
COMMENT ON COLUMN publish_budget.taken IS 'posts by number of the part of the window in which they were taken, in database time';
GRANT SELECT, INSERT, UPDATE ON publish_budget TO carillon_dispatch;
