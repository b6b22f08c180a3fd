"""Test state that requests see: accounts, clock, quotas, rules, usage, nonces, tokens and jobs."""
