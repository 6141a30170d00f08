"""What is given at once and not by the month: emergency support, rounds of gifts, care of people in danger, relief funds.

Words owned: occasion, aid list and line, supply, protection, relief fund. Asks: people, entitlements, lawbook, access, files.
The law says how much, a competent person decides, people sign for it; what was given is never edited, only marked anew.
"""
