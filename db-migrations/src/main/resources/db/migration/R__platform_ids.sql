-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- The ids of platform apps and identities, created on first use. Both tables span tenants, so the API may not read them: it passes the names
-- that it has and gets the id. In test mode it passes its workspace, which then has an app of its own.
CREATE OR REPLACE FUNCTION platform_app_of(new_id uuid, app_platform text, app_client text, app_workspace uuid) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO platform_app (id, platform, client, workspace_id) VALUES (new_id, app_platform, app_client, app_workspace)
    ON CONFLICT (platform, client, workspace_id) DO UPDATE SET client = excluded.client RETURNING id $$;

CREATE OR REPLACE FUNCTION platform_identity_of(new_id uuid, identity_platform text, identity_external_id text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO platform_identity (id, platform, external_id) VALUES (new_id, identity_platform, identity_external_id)
    ON CONFLICT (platform, external_id) DO UPDATE SET external_id = excluded.external_id RETURNING id $$;

REVOKE EXECUTE ON FUNCTION platform_app_of, platform_identity_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_app_of, platform_identity_of TO carillon_app;
