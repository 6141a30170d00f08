"""Received files: who asks for what under which procedure, the papers, the clock, every step up to the answer.

Words owned: posting, dossier, dossier step, dossier paper. Asks: people, lawbook, files, access, the law's procedures.
"""
