-- What was wanted with a revision, so that a post's story tells what was accepted, whatever was changed since.
ALTER TABLE post_revision
    ADD COLUMN publish_at timestamptz,
    ADD COLUMN publications integer;
COMMENT ON COLUMN post_revision.publish_at IS 'business time; null for a draft';
COMMENT ON COLUMN post_revision.publications IS 'how many it made; null for revisions that were written before this was kept';
