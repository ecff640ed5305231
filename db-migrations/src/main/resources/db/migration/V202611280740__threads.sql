-- A post may go on as a thread. Each part of it is a publication of its own, which is held until the one before it is published and then
-- replies to that. Who stands alone has neither parent nor root, so that what is done for threads costs other posts nothing.
ALTER TABLE publication
    ADD COLUMN part integer NOT NULL DEFAULT 0,
    ADD CHECK ((parent_publication_id IS NULL) = (part = 0)),
    ADD CHECK (part = 0 OR root_publication_id IS NOT NULL);
CREATE UNIQUE INDEX publication_thread ON publication (root_publication_id, part) WHERE root_publication_id IS NOT NULL;
-- For the check of the key, when a draft is removed.
CREATE INDEX publication_parent ON publication (parent_publication_id) WHERE parent_publication_id IS NOT NULL;
COMMENT ON COLUMN publication.part IS 'its place in the thread, 0 for the post itself';
COMMENT ON COLUMN publication.parent_publication_id IS 'which one it replies to, and waits for';
COMMENT ON COLUMN publication.root_publication_id IS 'the first one of its thread, which is its own; null where there is no thread';

-- A thread may become shorter before anything of it is sent: those parts go, with what was held for them and what was noted.
GRANT DELETE ON spend_reservation, publication_step TO carillon_app;
