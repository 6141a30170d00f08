"""The month: runs, lists, lines, hand-over, return, settlement.

Words owned: payment run, payment list, payment line, payer, stop-payment request, return, settlement. Asks: entitlements, people.
"""
