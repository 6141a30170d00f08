"""Complaints, denunciations, proposals and reports of citizens: received, admitted or not, answered within their days, with the outcome.

Words owned: petition, petition sender, petition step. Asks: dossiers, entitlements, payments, work, the law's days. Who denounces is told to
nobody but those who handle it.
"""
