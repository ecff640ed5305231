-- What was wanted with a revision, so that a post's story tells what was accepted, whatever was changed since.
ALTER TABLE post_revision
    ADD COLUMN publish_at timestamptz,
    ADD COLUMN accounts integer,
    ADD COLUMN publications integer;
COMMENT ON COLUMN post_revision.publish_at IS 'business time; null for a draft';
COMMENT ON COLUMN post_revision.accounts IS 'to how many it goes; null for revisions that were written before this was kept';
COMMENT ON COLUMN post_revision.publications IS 'how many it makes, a thread''s parts among them; null where accounts is';
