"""Makes the context managers of a program: classes and generators, async and sync."""

from contextlib import asynccontextmanager, contextmanager

from coroutines import Pause, run_at_once
from mended_manager import MendedManager


class Managers:
    """`leave` is what an exit does; it gives the act that is left to do."""

    def __init__(self, ledger, leave):
        self.ledger = ledger
        self.leave = leave
        # A generator that is garbage would be closed.
        self.alive = []

    def make(self, spec, stack):
        forms = {
            "class": (SyncManager, AsyncManager),
            "catch": (sync_catch, async_catch),
            "finally": (sync_finally, async_finally),
        }
        manager = forms[spec["form"]][spec["async"]](self, spec, stack)
        self.alive.append(manager)
        if "close-context" in self.ledger.mends and spec["form"] == "catch":
            return MendedManager(manager)
        return manager

    async def begin(self, spec):
        self.ledger.note(f"enter {spec['id']}")
        if spec["async"]:
            await Pause()
        if spec["enter"] == "raise":
            raise self.ledger.create()
        return spec["id"]

    def close(self, spec):
        """What a generator that yielded again does first when it is closed."""
        self.ledger.note(f"close {spec['id']}")
        if spec["close"] == "raise":
            raise self.ledger.create()


class AsyncManager:
    def __init__(self, managers, spec, stack):
        self.managers, self.spec, self.stack = managers, spec, stack

    async def __aenter__(self):
        return await self.managers.begin(self.spec)

    async def __aexit__(self, _type, error, _traceback):
        return await self.managers.leave(self.spec, error, self.stack) == "suppress"


class SyncManager:
    def __init__(self, managers, spec, stack):
        self.managers, self.spec, self.stack = managers, spec, stack

    def __enter__(self):
        return run_at_once(self.managers.begin(self.spec))

    def __exit__(self, _type, error, _traceback):
        act = run_at_once(self.managers.leave(self.spec, error, self.stack))
        return act == "suppress"


@asynccontextmanager
async def async_catch(managers, spec, stack):
    await managers.begin(spec)
    if spec["enter"] == "neverYield":
        return
    failed = False
    try:
        yield spec["id"]
    except Exception as error:
        failed = True
        act = await managers.leave(spec, error, stack)
        if act == "pass":
            raise
        if act == "yieldInHandler":
            try:
                yield
            finally:
                managers.close(spec)
                if spec["close"] == "yield":
                    yield
    if not failed:
        act = await managers.leave(spec, None, stack)
    if act == "yieldAgain":
        try:
            yield
        finally:
            managers.close(spec)
            if spec["close"] == "yield":
                yield


@contextmanager
def sync_catch(managers, spec, stack):
    run_at_once(managers.begin(spec))
    if spec["enter"] == "neverYield":
        return
    failed = False
    try:
        yield spec["id"]
    except Exception as error:
        failed = True
        act = run_at_once(managers.leave(spec, error, stack))
        if act == "pass":
            raise
        if act == "yieldInHandler":
            try:
                yield
            finally:
                managers.close(spec)
                if spec["close"] == "yield":
                    yield
    if not failed:
        act = run_at_once(managers.leave(spec, None, stack))
    if act == "yieldAgain":
        try:
            yield
        finally:
            managers.close(spec)
            if spec["close"] == "yield":
                yield


@asynccontextmanager
async def async_finally(managers, spec, stack):
    await managers.begin(spec)
    if spec["enter"] == "neverYield":
        return
    told = None
    try:
        yield spec["id"]
    except Exception as error:
        told = error
        raise
    finally:
        if await managers.leave(spec, told, stack) == "suppress":
            return


@contextmanager
def sync_finally(managers, spec, stack):
    run_at_once(managers.begin(spec))
    if spec["enter"] == "neverYield":
        return
    told = None
    try:
        yield spec["id"]
    except Exception as error:
        told = error
        raise
    finally:
        if run_at_once(managers.leave(spec, told, stack)) == "suppress":
            return
