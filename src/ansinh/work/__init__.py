"""What the office has to do beside its dossiers: tasks given by the leaders, notices of what happened for me, the duty calendar.

Words owned: task, notice, duty entry. Asks: access, localities, journal. Rooms above tell people through `operations.notify`.
"""
