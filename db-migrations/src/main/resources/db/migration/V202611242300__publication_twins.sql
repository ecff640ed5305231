-- Where a platform knows a post only by what it says, the post that it shows must not be another publication's. The platforms that can
-- be asked more exactly are left out, so that they do not pay for it.
CREATE INDEX publication_shown_post ON publication (account_id, platform_post_id)
    WHERE platform_post_id IS NOT NULL
      AND platform IN ('x', 'facebook', 'linkedin', 'linkedin_page', 'pinterest', 'reddit', 'tiktok');
