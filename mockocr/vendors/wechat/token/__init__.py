"""The token endpoints: an access token for an AppID and an AppSecret."""
