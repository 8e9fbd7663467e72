"""Keeps what the context of an error loses when a generator is closed."""

import sys


class MendedManager:
    """A generator manager, async or sync.

    A generator that yields again is closed while the RuntimeError of that is
    handled. What it raises when it is closed has the GeneratorExit as its context,
    and that is to have the RuntimeError as its own. CPython sees to it only if the
    generator is a sync one that handles no error itself.
    """

    def __init__(self, manager):
        self.manager = manager

    def __enter__(self):
        return self.manager.__enter__()

    async def __aenter__(self):
        return await self.manager.__aenter__()

    def __exit__(self, *details):
        handled = sys.exc_info()[1]
        try:
            return self.manager.__exit__(*details)
        except Exception as raised:
            mend(raised, handled)
            raise

    async def __aexit__(self, *details):
        handled = sys.exc_info()[1]
        try:
            return await self.manager.__aexit__(*details)
        except Exception as raised:
            mend(raised, handled)
            raise


def mend(raised, handled):
    node, met = raised, set()
    while node is not None and id(node) not in met:
        met.add(id(node))
        context = node.__context__
        if isinstance(node, GeneratorExit):
            if context is None or context is handled:
                node.__context__ = RuntimeError("generator didn't stop")
                node.__context__.__context__ = handled
            return
        node = context
