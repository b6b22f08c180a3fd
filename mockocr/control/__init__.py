"""What a tester steers: accounts, faults, quotas, answers, the clock, the journal, and their
routes.
"""
