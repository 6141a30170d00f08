"""`run_worker`: the process that does background work. Ends cleanly on SIGTERM."""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from ansinh.jobs.operations import requeue_lost, rescue_stalled

RESCUE_AFTER = 20  # seconds without a sign of life

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Chạy các công việc nền"

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi")
        parser.add_argument("--rescue-after", type=float, default=RESCUE_AFTER, help="giây im lặng trước khi nhận lại việc bỏ dở")

    def handle(self, *args, **options):
        asyncio.run(work(concurrency=options["concurrency"], wait=not options["once"], silence=options["rescue_after"]))


async def work(*, concurrency: int, wait: bool, silence: float = RESCUE_AFTER) -> None:
    """Work until told to stop (`wait`), or until the queue is empty. Stalled jobs are rescued by the worker itself."""
    worker_app = app.with_connector(app.connector.get_worker_connector())
    async with worker_app.open_async():
        rescuing = asyncio.create_task(_rescue_forever(worker_app.job_manager, silence)) if wait else None
        try:
            await worker_app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                install_signal_handlers=wait,
                fetch_job_polling_interval=1,
                update_heartbeat_interval=silence / 4,
                stalled_worker_timeout=silence,
                delete_jobs="successful",  # each minute seals the reads: a queue that kept them would grow for ever
            )
        finally:
            if rescuing:
                rescuing.cancel()
            # The thread that asks the database for the worker outlives it; its connection must not.
            await sync_to_async(connections.close_all)()


async def _rescue_forever(manager, silence: float) -> None:
    """Look for abandoned work again and again: it is taken up at most `silence` and a quarter after its worker fell silent."""
    while True:
        try:
            await rescue_stalled(manager, seconds=silence)
            await sync_to_async(requeue_lost)()
        except (ConnectorException, DatabaseError):
            log.warning("no rescue of abandoned work this time", exc_info=True)  # the database is away; the next time may do
        await asyncio.sleep(silence / 4)
