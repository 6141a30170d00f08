"""Registry × law × ledger × payments: what somebody must look at, one item a cause, with the act that would set it right.

Words owned: watch item, dismissed, resolved. Asks: people, dossiers, entitlements, payments. Nothing here decides or pays.
"""
