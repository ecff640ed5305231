-- What slows publishing down across workspaces: circuit breakers of hosts, and publish windows.

-- A host that fails, with its circuit breaker. The row holds only what all processes must agree on; each process counts the failures that
-- open the breaker by itself.
CREATE TABLE platform_host (
    host text PRIMARY KEY,
    paused_until timestamptz,
    openings integer NOT NULL DEFAULT 0,
    trials integer NOT NULL DEFAULT 0,
    trials_until timestamptz
);
CREATE INDEX platform_host_paused ON platform_host (paused_until) WHERE paused_until IS NOT NULL;
COMMENT ON COLUMN platform_host.openings IS 'how often the breaker has opened since the host last answered; 0 while it is closed';
COMMENT ON COLUMN platform_host.trials IS 'attempts that were let through since the breaker last opened';
COMMENT ON COLUMN platform_host.trials_until IS 'database time after which these trials no longer count, because their process may have died without reporting them';
GRANT SELECT, INSERT, UPDATE ON platform_host TO carillon_dispatch;

-- Posts that were counted recently against a platform's publish window. The owner is what the platform limits: an app, an identity, or the
-- account itself if it has no identity.
CREATE TABLE publish_budget (
    owner_id uuid NOT NULL,
    window_seconds integer NOT NULL,
    taken jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (owner_id, window_seconds)
) WITH (fillfactor = 70);
COMMENT ON COLUMN publish_budget.taken IS 'number of posts by part of the window, the parts numbered in database time';
GRANT SELECT, INSERT, UPDATE ON publish_budget TO carillon_dispatch;
