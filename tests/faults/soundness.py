"""What must never be, whatever was killed: counted on the rows and files themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection
from tests.faults.month import MONTH, NOW

from ansinh.database import roles
from ansinh.database.acting import acting_as, as_maintenance
from ansinh.files import storage
from ansinh.files.models import StoredFile
from ansinh.journal.queries import kept_heads, verify

NEVER = {
    "a line stands twice in a list": """
        SELECT count(*) FROM (SELECT FROM payments_paymentline GROUP BY list_id, person_id, entitlement_id, item_id, kind,
        benefit_month, carried_from_id HAVING count(*) > 1) twice""",
    "a line pays another amount than the ledger": """
        SELECT count(*) FROM payments_paymentline line JOIN entitlements_entitlement entry ON entry.id = line.entitlement_id
        WHERE line.kind = 'regular' AND (line.amount_vnd <> entry.amount_vnd OR NOT entry.months @> line.benefit_month)""",
    "a list lacks a line that the ledger held at its cut-off": """
        SELECT count(*) FROM payments_paymentlist list JOIN payments_paymentrun run ON run.id = list.run_id
        JOIN entitlements_entitlement entry ON entry.unit_id = list.unit_id AND entry.months @> run.benefit_month
        JOIN entitlements_decisionitem item ON item.id = entry.granted_by_id
        JOIN entitlements_decision decision ON decision.id = item.decision_id
        WHERE (decision.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= list.cutoff_on AND NOT EXISTS (SELECT FROM payments_paymentline line WHERE line.list_id = list.id AND line.entitlement_id = entry.id
        AND line.kind = 'regular')""",
    "a closed list has another sum than its lines": """
        SELECT count(*) FROM payments_paymentlist list WHERE list.closed_at IS NOT NULL AND NOT EXISTS (SELECT FROM
        (SELECT count(*) AS n, sum(amount_vnd) AS vnd FROM payments_paymentline line WHERE line.list_id = list.id AND line.state = 'due')
        due WHERE due.n = list.closed_count AND due.vnd = list.closed_total_vnd)""",
    "the state of a list is not its last step": """
        SELECT count(*) FROM payments_paymentlist list WHERE list.state IS DISTINCT FROM
        (SELECT target FROM payments_liststep step WHERE step.list_id = list.id ORDER BY step.id DESC LIMIT 1)""",
    "an entry of the ledger has no signed decision": """
        SELECT count(*) FROM entitlements_entitlement entry JOIN entitlements_decisionitem item ON item.id = entry.granted_by_id
        JOIN entitlements_decision decision ON decision.id = item.decision_id WHERE decision.state <> 'signed'""",
    "a signed grant gave no entry": """
        SELECT count(*) FROM entitlements_decisionitem item JOIN entitlements_decision decision ON decision.id = item.decision_id
        WHERE decision.state = 'signed' AND item.act = 'grant'
        AND NOT EXISTS (SELECT FROM entitlements_entitlement entry WHERE entry.granted_by_id = item.id)""",
    "a list was taken into two decisions": """
        SELECT count(*) FROM (SELECT FROM entitlements_decision WHERE batch_key IS NOT NULL GROUP BY batch_key HAVING count(*) > 1) twice""",
    "a decision number was given twice": """
        SELECT count(*) FROM (SELECT FROM entitlements_decision WHERE number <> '' GROUP BY office_id, number, signed_on
        HAVING count(*) > 1) twice""",
    "a person stands twice in the register": """
        SELECT count(*) FROM (SELECT FROM people_person GROUP BY full_name, born_on, personal_number HAVING count(*) > 1) twice""",
    "unfinished work has no place in the queue": """
        SELECT count(*) FROM jobs_job job WHERE job.state IN ('waiting', 'running') AND NOT EXISTS (SELECT FROM procrastinate_jobs entry
        WHERE entry.status IN ('todo', 'doing') AND (entry.args ->> 'job_id')::bigint = job.id AND entry.task_name = 'run_job')""",
    "work has two places in the queue": """
        SELECT count(*) FROM (SELECT FROM procrastinate_jobs entry WHERE entry.status = 'todo' AND task_name = 'run_job'
        GROUP BY args ->> 'job_id' HAVING count(*) > 1) twice""",
}  # fmt: skip


def unsound() -> list[str]:
    """Everything that is not as it must be; empty when all is well."""
    with as_maintenance(), connection.cursor() as cursor:
        found = []
        for words, question in NEVER.items():
            cursor.execute(question)
            if count := cursor.fetchone()[0]:
                found.append(f"{words}: {count}")
        found += [
            f"the file {stored.name} is not what it was"
            for stored in StoredFile.objects.filter(purged_at=None)
            if _is_lost(stored)
        ]
    with acting_as(roles.SYSTEM):
        verdict = verify(heads=kept_heads(Path(settings.ANSINH_HEADS)), now=NOW)
    return found + [f"journal, entry {finding.entry}: {finding.words}" for finding in verdict.findings]


def lines_and_ledger() -> tuple[int, int]:
    """The month's regular lines and the ledger's entries of that month, each summed apart."""
    with as_maintenance(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT sum(amount_vnd) FROM payments_paymentline WHERE kind = 'regular' AND benefit_month = %(month)s), "
            "(SELECT sum(amount_vnd) FROM entitlements_entitlement WHERE months @> %(month)s::date)",
            {"month": MONTH},
        )
        return cursor.fetchone()


def _is_lost(stored: StoredFile) -> bool:
    path = storage.path_of(stored.sha256)
    return not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != stored.sha256
