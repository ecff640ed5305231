-- Groups of accounts that callers make; each account is in exactly one, and a workspace has a default one in each mode.
ALTER TABLE plan ADD COLUMN max_account_groups integer NOT NULL DEFAULT 20 CHECK (max_account_groups > 0);
COMMENT ON COLUMN plan.max_account_groups IS 'in one mode, the default one included';
ALTER TABLE account_group
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX account_of_group ON account (account_group_id);
