-- Who pays for a workspace at Stripe; the usage of a workspace without a customer waits.
ALTER TABLE workspace ADD COLUMN stripe_customer_id text;

-- The mark before a report. Stripe tells doubles by their identifier for a day only, so a report whose outcome is unknown is
-- repeated only while that holds.
ALTER TABLE meter_event ADD COLUMN report_started_at timestamptz;
COMMENT ON COLUMN meter_event.report_started_at IS 'first report without a known outcome; null when none was made, or it was certainly not taken';
