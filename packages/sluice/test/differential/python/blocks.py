"""Runs programs of blocks and exit stacks with `with` and `contextlib`."""

import sys
from contextlib import AsyncExitStack, ExitStack

from coroutines import Pause, drive, run_at_once
from ledger import Ledger
from managers import Managers
from nested_stack import NestedStack


def run_blocks(program, mends):
    """Runs a program; `mends` names what is done otherwise than by CPython."""
    machine = Blocks(Ledger(mends))
    ledger = machine.ledger
    try:
        value = drive(machine.run(program["body"], None))
        outcome = "absent" if value is None else f"value {value}"
    except Exception as error:
        outcome = f"error {ledger.see(error)}"
        ledger.chains.append(ledger.chain(error))
    return ledger.close(outcome)


class Blocks:
    """Each node is a method; all are coroutines, those of sync parts without a pause."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.managers = Managers(ledger, self.leave)

    async def run(self, node, stack):
        return await getattr(self, "run_" + node["do"])(node, stack)

    async def run_value(self, node, _stack):
        return node["value"]

    async def run_pause(self, _node, _stack):
        await Pause()
        return "paused"

    async def run_raise(self, _node, _stack):
        raise self.ledger.create()

    async def run_again(self, node, _stack):
        raise self.ledger.again(node["index"])

    async def run_sequence(self, node, stack):
        value = None
        for part in node["nodes"]:
            value = await self.run(part, stack)
        return value

    async def run_try(self, node, stack):
        try:
            return await self.run(node["body"], stack)
        except Exception as error:
            self.ledger.caught(error)
            return "caught"

    async def run_block(self, node, stack):
        value = await self.in_block(node, stack)
        self.ledger.note(f"left block: {show(value)}")
        return value

    async def in_block(self, node, stack):
        manager = self.managers.make(node["manager"], stack)
        if node["async"]:
            async with manager as value:
                return await self.run_body(node["body"], stack, value)
        else:
            with manager as value:
                return await self.run_body(node["body"], stack, value)
        return None

    async def run_body(self, body, stack, value):
        self.ledger.note(f"in {value}")
        return await self.run(body, stack)

    async def run_stack(self, node, _outer):
        if "nested-stack" in self.ledger.mends:
            stack = NestedStack()
        else:
            stack = AsyncExitStack() if node["async"] else ExitStack()
        value = await self.leave_stack(stack, node["body"])
        self.ledger.note(f"left stack: {show(value)}")
        return value

    async def leave_stack(self, stack, body):
        self.managers.alive.append(stack)
        if isinstance(stack, NestedStack):
            return await stack.block(self.run(body, stack))
        if isinstance(stack, AsyncExitStack):
            async with stack:
                return await self.run(body, stack)
        else:
            with stack:
                return await self.run(body, stack)
        return None

    async def run_enter(self, node, stack):
        manager = self.managers.make(node["manager"], stack)
        if node["manager"]["async"]:
            return await stack.enter_async_context(manager)
        return stack.enter_context(manager)

    async def run_pushManager(self, node, stack):
        manager = self.managers.make(node["manager"], stack)
        if node["manager"]["async"]:
            await manager.__aenter__()
            stack.push_async_exit(manager)
        else:
            manager.__enter__()
            stack.push(manager)
        return "pushed"

    async def run_push(self, node, stack):
        spec = node["exit"]

        async def leave(_type, error, _traceback):
            return await self.leave(spec, error, stack) == "suppress"

        if spec["async"]:
            stack.push_async_exit(leave)
        else:
            stack.push(lambda *details: run_at_once(leave(*details)))
        return "pushed"

    async def run_callback(self, node, stack):
        spec = node["exit"]

        async def call(argument):
            self.ledger.note(f"argument {argument}")
            return await self.leave(spec, None, stack) == "suppress"

        if spec["async"]:
            stack.push_async_callback(call, spec["id"])
        else:
            stack.callback(lambda argument: run_at_once(call(argument)), spec["id"])
        return "pushed"

    async def run_popAll(self, node, stack):
        popped = stack.pop_all()
        self.managers.alive.append(popped)
        if node["then"] == "leave":
            return await self.leave_stack(popped, node["body"])
        if node["then"] == "close":
            await self.close(popped)
        return "popped"

    async def run_close(self, _node, stack):
        await self.close(stack)
        return "closed"

    async def close(self, stack):
        if isinstance(stack, AsyncExitStack):
            await stack.aclose()
        else:
            stack.close()

    async def leave(self, spec, error, stack):
        """Runs an exit; gives the act that is left to do."""
        ledger = self.ledger
        ledger.note(f"exit {spec['id']} {'ok' if error is None else ledger.see(error)}")
        outside = ledger.cuts
        handled = {id(each) for each in (error, sys.exc_info()[1]) if each}
        ledger.cuts = outside | handled
        try:
            if spec["async"]:
                await Pause()
            if "inner" in spec:
                await self.run(spec["inner"], stack)
            act = self.act(spec, error)
        finally:
            ledger.cuts = outside
        if error is not None and act == "suppress":
            ledger.forget(error)
        return act

    def act(self, spec, error):
        act = spec["ok"] if error is None else spec["error"]
        if act == "raise":
            raise self.ledger.create()
        if act == "raiseSame":
            raise error
        if act == "raiseFrom":
            raise self.ledger.create() from error
        if act == "raiseFromNone":
            raise self.ledger.create() from None
        return act


def show(value):
    return "absent" if value is None else str(value)
