-- What an attempt said to the platform and heard from it, as far as that may be kept: written once, with the attempt's end.
ALTER TABLE attempt ADD COLUMN exchanges jsonb;
ALTER TABLE attempt ADD COLUMN platform_request_id text;
ALTER TABLE attempt ADD COLUMN platform_message text;
COMMENT ON COLUMN attempt.exchanges IS 'its calls in their order: ids, enums and numbers as they were, texts as length and hash; null when it made none';
COMMENT ON COLUMN attempt.platform_request_id IS 'by which the platform''s support finds the last call';
COMMENT ON COLUMN attempt.platform_message IS 'the platform''s own words';
