"""What a tester controls: accounts, faults, quotas, answers, the clock, the journal, and the
routes for them.
"""
